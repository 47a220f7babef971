import { type PythonLine, pythonLines } from './pythonLines.ts';

/** A function of a Python file. Lines count from 0. */
export interface PythonFunction {
  readonly name: string;
  /** The line of its `def`. */
  readonly line: number;
  /** The line of its first decorator, or of its `def`. */
  readonly top: number;
  readonly end: number;
  /** Its decorators from the top, with the content of strings removed: `@dsl.pipeline(name="")`. */
  readonly decorators: readonly string[];
  /** The lines of the `def`s around it, innermost first. */
  readonly around: readonly number[];
}

const definition = /^(?:async\s+)?def\s+([\p{L}\p{N}_]+)/u;

/** All functions of a Python file in order, including methods and nested functions. */
export function pythonFunctions(text: string): readonly PythonFunction[] {
  const lines = pythonLines(text);
  const functions: PythonFunction[] = [];
  for (const [index, { code, line }] of lines.entries()) {
    const name = definition.exec(code)?.[1];
    if (name === undefined) continue;
    const decorators = decoratorsAbove(lines, index);
    const end = endOf(lines, index);
    const around = functions.filter((other) => other.end >= end).map((other) => other.line);
    const top = decorators[0]?.line ?? line;
    functions.push({
      name,
      line,
      top,
      end,
      decorators: decorators.map((decorator) => decorator.code),
      around: around.toReversed(),
    });
  }
  return functions;
}

function decoratorsAbove(lines: readonly PythonLine[], index: number): readonly PythonLine[] {
  let first = index;
  while (lines[first - 1]?.code.startsWith('@')) first -= 1;
  return lines.slice(first, index);
}

/** The last line of the block below a `def`. */
function endOf(lines: readonly PythonLine[], index: number): number {
  const { indent = 0, end = 0 } = lines[index] ?? {};
  let last = index;
  while ((lines[last + 1]?.indent ?? indent) > indent) last += 1;
  return lines[last]?.end ?? end;
}
