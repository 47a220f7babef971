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
    .filter((candidate) => candidate.name === name)
    .toReversed();
  const lines = text.split('\n').map((line) => line.trim());
  const index =
    functions.map((candidate) => atOffset(candidate, lines, error)).find((line) => line !== undefined) ??
    onlyOne(functions.flatMap((candidate) => inBody(candidate, lines, error)));
  if (index !== undefined) return { line: index + 1, changed: false };
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
  const others = pythonFunctions(ran).filter(
    (candidate) => names.has(candidate.name) && candidate.around.length === 0,
  );
  return own !== undefined && others.some((candidate) => body(ran, candidate) === body(text, own));
}

/** The outermost function around a line, which counts from 1. */
function outermost(text: string, line: number): PythonFunction | undefined {
  return pythonFunctions(text).find((candidate) => candidate.line <= line - 1 && line - 1 <= candidate.end);
}

function body(text: string, { line, end }: PythonFunction): string {
  const lines = text.split('\n').slice(line, end + 1);
  return lines
    .map((bodyLine) => bodyLine.trim())
    .filter((bodyLine) => bodyLine !== '')
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
    .find((index) => index >= line && index <= end && lines[index] === text);
}

function inBody({ line, end }: PythonFunction, lines: readonly string[], { text }: Where): readonly number[] {
  const body = lines.slice(line, end + 1);
  return body.flatMap((bodyLine, index) => (bodyLine === text ? [line + index] : []));
}

function onlyOne(indexes: readonly number[]): number | undefined {
  const [first, ...more] = new Set(indexes);
  return more.length === 0 ? first : undefined;
}
