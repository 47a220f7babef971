import { expect } from 'vitest';
import { inflate } from '../../src/adapters/zlib/inflate.ts';
import { MlopsError } from '../../src/core/ports/mlopsError.ts';
import type { PreviewReaders } from '../../src/core/ports/previewReaders.ts';
import type { DescribedContent, Preview } from '../../src/core/storage/preview/preview.ts';
import { previewObject } from '../../src/core/storage/preview/previewObject.ts';
import { renderPreview } from '../../src/core/storage/preview/renderPreview.ts';
import { MemoryObjectStore } from './memoryObjectStore.ts';

const signal = new AbortController().signal;
const unread = () => Promise.reject(new MlopsError('internal', 'Not read here.'));
/** The readers of Parquet and PDF are not asked. */
const readers: PreviewReaders = { parquet: unread, pdf: unread, inflate };

/** The preview of `data/<key>` with this content. */
export const previewOf = (key: string, content: string | Uint8Array): Promise<Preview> =>
  previewObject(
    new MemoryObjectStore().put('data', key, content),
    { bucket: 'data', key },
    { readers },
    signal,
  );

export const previewText = async (key: string, content: string | Uint8Array): Promise<string> =>
  renderPreview(await previewOf(key, content));

/** The preview of what is described by its bytes. */
export async function described(key: string, content: string | Uint8Array): Promise<DescribedContent> {
  const { content: shown } = await previewOf(key, content);
  expect(shown.kind).toBe('described');
  return shown as DescribedContent;
}
