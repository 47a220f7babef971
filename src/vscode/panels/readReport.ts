import { sentences } from '../../core/text/sentences.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { readText } from '../../core/storage/readText.ts';
import { size } from '../../core/text/units.ts';
import type { ObjectRef, ReportText } from '../../webviews/results/contract.ts';
import { deadline } from '../deadline.ts';
import { failureOf } from '../failure.ts';

/** Most bytes of a report that is shown in the panel; a larger one opens in the browser or the editor. */
const mostBytes = { html: 750_000, markdown: 500_000 };

/** A report's text for the panel, or why it is not shown there. */
export async function readReport(
  store: ObjectStore,
  { bucket, key }: ObjectRef,
  kind: 'html' | 'markdown',
): Promise<ReportText> {
  try {
    const stat = await store.stat(bucket, key, deadline());
    if (stat.size > mostBytes[kind]) return unshown(tooLarge(stat.size, kind));
    const { text } = await readText(store, stat, { limit: mostBytes[kind] }, deadline());
    return text === undefined ? unshown('It is no text, so it is not shown here.') : { kind, text };
  } catch (error) {
    const { message, hint } = failureOf(error);
    return unshown(sentences(message, hint));
  }
}

function tooLarge(bytes: number, kind: keyof typeof mostBytes): string {
  const instead = kind === 'html' ? 'Open it in the browser.' : 'Open it as text.';
  return `It has ${size(bytes)}; up to ${size(mostBytes[kind])} are shown here. ${instead}`;
}

const unshown = (message: string): ReportText => ({ kind: 'unshown', message });
