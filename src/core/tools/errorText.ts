import type { MlopsError } from '../ports/mlopsError.ts';
import { prose, shorten, untrusted } from '../text/markdown.ts';
import { ended } from '../text/sentences.ts';

/** What a model is told when the person said no. */
export const skippedText =
  'The person skipped this call: it did not run and nothing was changed. Do not make it again.';

/** The same for people. */
export const skippedShown = 'Skipped: nothing was run and nothing was changed.';

/** An error as a tool's answer, for people and models: what we say of it, then what was said from outside, as data. */
export function errorText({ words, hint, outside }: MlopsError): string {
  const own = [hint === undefined ? words : ended(words), hint ?? '']
    .filter((text) => text !== '')
    .map((text) => prose(shorten(text, 4000)));
  const fromOutside = outside === undefined ? [] : [untrusted('What it said', shorten(outside, 8000))];
  return [own.join(' '), ...fromOutside].filter((part) => part !== '').join('\n\n');
}
