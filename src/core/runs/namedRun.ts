import type { NamedRun } from '../domain/run.ts';
import { code } from '../text/markdown.ts';

/** A run in a text that a model reads, too: with its id where the label differs, since the next call needs it. */
export function namedRun({ id, label }: NamedRun): string {
  return label === id ? code(id) : `${code(label)} (${code(id)})`;
}
