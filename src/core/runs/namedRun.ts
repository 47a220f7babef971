import type { NamedRun } from '../domain/run.ts';
import { code } from '../text/markdown.ts';

/** A run in a tool's result: its label, and its id where that differs, since the next call needs the id. */
export function namedRun({ id, label }: NamedRun): string {
  return label === id ? code(id) : `${code(label)} (${code(id)})`;
}
