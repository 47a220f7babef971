/** A line of code that was being executed, as Python prints it. */
export interface Frame {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  readonly function?: string;
  /** The text of the line, where Python could read the file. */
  readonly text?: string;
}

/** What Python prints of an exception that nobody handles. */
export interface Traceback {
  /** The name of its class, without its module. */
  readonly type: string;
  /** The first line of its message. */
  readonly message: string;
  /** The outermost first. */
  readonly frames: readonly Frame[];
}

const head = 'Traceback (most recent call last):';
const frameLine = /^ +File "(.+)", line (\d+)(?:, in (.+))?$/;
const errorLine = /^([A-Za-z_][\w.]*)(?:: ?(.*))?$/;

/** The last traceback of a log; of exceptions that led to one another, the last is the one that was raised. */
export function lastTraceback(log: string): Traceback | undefined {
  const at = log.lastIndexOf(head);
  if (at < 0) return undefined;
  const start = log.lastIndexOf('\n', at) + 1;
  const indent = log.slice(start, at);
  if (indent.trim() !== '') return undefined;
  const lines = log
    .slice(at)
    .split(/\r?\n/, mostLines)
    .slice(1)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
  const end = lines.findIndex((line) => !line.startsWith(' '));
  const [, name, message = ''] = errorLine.exec(lines[end] ?? '') ?? [];
  if (name === undefined) return undefined;
  return { type: name.split('.').at(-1) ?? name, message, frames: framesIn(lines.slice(0, end)) };
}

const mostLines = 5000;

function framesIn(lines: readonly string[]): readonly Frame[] {
  return lines.flatMap((line, index): readonly Frame[] => {
    const [, file, number, name] = frameLine.exec(line) ?? [];
    if (file === undefined) return [];
    const next = lines[index + 1];
    const text = next === undefined || frameLine.test(next) ? undefined : next.trim();
    return [
      {
        file,
        line: Number(number),
        ...(name === undefined ? {} : { function: name }),
        ...(text === undefined ? {} : { text }),
      },
    ];
  });
}
