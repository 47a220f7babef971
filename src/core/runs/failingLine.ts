import type { TaskError } from '../domain/run.ts';
import { pythonFunctions, type PythonFunction } from '../text/pythonFunctions.ts';

/** The place of an error in a person's own file. */
export interface FailingLine {
  /** Counts from 1. */
  readonly line: number;
  /** True when the file was changed since and the line is that of the function's `def`. */
  readonly changed: boolean;
}

type Where = Pick<TaskError, 'function' | 'offset' | 'text'>;

/**
 * Finds a task's failing line in the file where the task was written: `offset` lines below the function's `def` (of the
 * function around it, for a nested one), where the text is still the same; else where that text occurs in the
 * function's body, if it does once. Undefined when the file has no such function.
 */
export function failingLine(text: string, error: Where): FailingLine | undefined {
  const name = error.function;
  if (name === undefined) return undefined;
  // Of several functions with one name Python uses the last.
  const functions = pythonFunctions(text)
    .filter((one) => one.name === name)
    .toReversed();
  const lines = text.split('\n').map((line) => line.trim());
  const found =
    functions.map((one) => atOffset(one, lines, error)).find((line) => line !== undefined) ??
    onlyOne(functions.flatMap((one) => inBody(one, lines, error)));
  if (found !== undefined) return { line: found + 1, changed: false };
  const [last] = functions;
  return last === undefined ? undefined : { line: last.line + 1, changed: true };
}

/**
 * True when the function around a line of a person's file, the outermost one, is the one that ran: the same lines below its
 * `def`, however far they are indented.
 */
export function isSameFunction(text: string, line: number, ran: string, error: Where): boolean {
  const own = outermost(text, line);
  const names = new Set([own?.name, error.function]);
  const others = pythonFunctions(ran).filter((one) => names.has(one.name) && one.around.length === 0);
  return own !== undefined && others.some((one) => body(ran, one) === body(text, own));
}

/** The outermost function around a line, which counts from 1. */
function outermost(text: string, line: number): PythonFunction | undefined {
  return pythonFunctions(text).find((one) => one.line <= line - 1 && line - 1 <= one.end);
}

function body(text: string, { line, end }: PythonFunction): string {
  const lines = text.split('\n').slice(line, end + 1);
  return lines
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .join('\n');
}

function atOffset(
  { line, around, end }: PythonFunction,
  lines: readonly string[],
  { offset, text }: Where,
): number | undefined {
  if (offset === undefined || text === undefined) return undefined;
  return [line, ...around]
    .map((start) => start + offset)
    .find((at) => at >= line && at <= end && lines[at] === text);
}

function inBody({ line, end }: PythonFunction, lines: readonly string[], { text }: Where): readonly number[] {
  const body = lines.slice(line, end + 1);
  return body.flatMap((one, index) => (one === text ? [line + index] : []));
}

function onlyOne(found: readonly number[]): number | undefined {
  const [first, ...more] = new Set(found);
  return more.length === 0 ? first : undefined;
}
