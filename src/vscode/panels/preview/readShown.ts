import type { ObjectStore } from '../../../core/ports/objectStore.ts';
import type { ObjectName } from '../../../core/ports/objectWrites.ts';
import type { PreviewReaders } from '../../../core/ports/previewReaders.ts';
import type { Preview } from '../../../core/storage/preview/preview.ts';
import { plotColumn, type PlotChoice } from '../../../core/storage/preview/plotColumn.ts';
import { previewObject } from '../../../core/storage/preview/previewObject.ts';
import { trendOf } from '../../../core/storage/preview/renderPlot.ts';
import type { Failure, ShownPreview, ToPreview } from '../../../webviews/preview/contract.ts';
import { failureOf } from '../../failure.ts';

/** What previews are read with. */
export interface ShownDeps {
  readonly store: ObjectStore;
  readonly readers: PreviewReaders;
  /** The connection, where there are several. */
  readonly place: string | undefined;
}

/** The preview of an object for the page, or why there is none. */
export async function readShown(
  object: ObjectName,
  { store, readers, place }: ShownDeps,
  signal: AbortSignal,
): Promise<ToPreview> {
  try {
    const preview = await previewObject(store, object, { readers, pictures: true }, signal);
    return { type: 'preview', shown: shownOf(preview, place) };
  } catch (error) {
    return { type: 'failure', failure: failed(error) };
  }
}

/** A line of a column for the page, or why there is none. */
export async function readPlot(
  object: ObjectName,
  choice: PlotChoice,
  { store, readers }: ShownDeps,
  signal: AbortSignal,
): Promise<ToPreview> {
  try {
    const plot = await plotColumn(store, object, choice, { deps: { readers }, signal });
    return { type: 'plot', shown: { plot, trend: trendOf(plot.points) } };
  } catch (error) {
    return { type: 'noPlot', failure: failed(error) };
  }
}

/** The page gets the bytes of a picture as the address of data; the page shows an SVG as a picture, in which nothing runs. */
function shownOf(preview: Preview, place: string | undefined): ShownPreview {
  const { content } = preview;
  const placed = place === undefined ? {} : { place };
  if (content.kind === 'picture') {
    const { bytes, ...rest } = content;
    const picture = bytes === undefined ? {} : { picture: dataUrl(content.mediaType, bytes) };
    return { preview: { ...preview, content: rest }, ...picture, ...placed };
  }
  const whole = content.kind === 'text' && content.format === 'SVG' && preview.cut.length === 0;
  const picture = whole ? { picture: dataUrl('image/svg+xml', Buffer.from(content.text)) } : {};
  return { preview, ...picture, ...placed };
}

const dataUrl = (mediaType: string, bytes: Uint8Array) =>
  `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;

function failed(error: unknown): Failure {
  const { message, hint } = failureOf(error);
  return { message, hint: hint ?? '' };
}
