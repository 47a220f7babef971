import type { RunSummary } from '../domain/run.ts';
import { code, phrase } from '../text/markdown.ts';

const mostWords = 10;
const longest = 120;

/** Where and why a run failed, in about ten words: "in `train`: ValueError: could not convert …"; empty for any other run. */
export function failureWords({ state, error }: RunSummary): string {
  if (state !== 'failed' || error === undefined) return '';
  const words = [error.type, error.message].join(': ').trim().split(/\s+/);
  const why = words.slice(0, mostWords).join(' ') + (words.length > mostWords ? ' …' : '');
  const where = error.task === undefined ? '' : `in ${code(error.task)}: `;
  return where + phrase(why, longest);
}
