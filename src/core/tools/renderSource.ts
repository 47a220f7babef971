import type { TaskError } from '../domain/run.ts';
import type { Code, FileCode, TaskCode } from '../runs/taskSource.ts';
import { code as asCode, shorten, untrusted } from '../text/markdown.ts';
import type { Redact } from '../text/redact.ts';

/** What is shown of a task's code. */
export interface ShownSource {
  readonly code: TaskCode;
  readonly task: string;
  readonly failed: TaskError | undefined;
  readonly hide: Redact;
  /** True: as the file is now, where that is known. */
  readonly now: boolean;
  /** The line that is asked about. */
  readonly line: number | undefined;
}

const mostLines = 200;
const around = 30;
const longestLine = 400;

/** The code of a task with numbered lines: in the person's file where it is the same, else as it ran, else as it is now. */
export function renderSource(shown: ShownSource): string {
  const { ran, now } = shown.code;
  const inFile = now !== undefined && (now.asRan || shown.now || ran === undefined);
  const code = inFile ? now : ran;
  if (code === undefined) return '';
  const failing = failingLineIn(shown, code, inFile ? now : undefined);
  const [from, to] = rangeOf(code, shown.line, failing);
  const title = titleOf(shown, inFile ? now : undefined, [from, to]);
  const rest = restText(code, [from, to]);
  return [
    untrusted(title, numbered(shown.hide, code.lines, [from, to], failing), 'python'),
    rest,
    inFile ? '' : changedText(now),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function titleOf({ code: { ran }, task }: ShownSource, now: FileCode | undefined, [from, to]: Range): string {
  const what = `Code of ${asCode(task)}`;
  const lines = `lines ${from} to ${to}`;
  if (now === undefined)
    return `${what} as it ran in ${asCode(ran?.run.label ?? '')}, ${lines} of the file that was run`;
  const where = `${what} in ${asCode(now.label)}, ${lines}`;
  if (ran === undefined) return `${where}, as it is now`;
  return now.asRan
    ? `${where}, the same as in ${asCode(ran.run.label)}`
    : `${where}, as it is now: changed since ${asCode(ran.run.label)}`;
}

function changedText(now: FileCode | undefined): string {
  if (now === undefined) return '';
  return `${asCode(now.label)} has changed since: there it is at line ${now.from}; ask with \`now\` to see it.`;
}

type Range = readonly [from: number, to: number];

/** The function, or the part of it that is asked about or failed. */
function rangeOf({ lines, from, to }: Code, asked: number | undefined, failing: number | undefined): Range {
  const middle = asked ?? (to - from >= mostLines ? failing : undefined);
  if (middle === undefined) return [from, Math.min(to, from + mostLines - 1)];
  const nearest = Math.min(middle, lines.length);
  return [Math.max(1, nearest - around), Math.min(lines.length, nearest + around)];
}

function restText(code: Code, [from, to]: Range): string {
  if (from <= code.from && to >= code.to) return '';
  return `The function is lines ${code.from} to ${code.to} of ${code.lines.length}; ask with \`line\` for others.`;
}

/** The line that failed, in the numbers of what is shown; undefined where it is not known there. */
function failingLineIn(
  { failed, code: { ran } }: ShownSource,
  code: Code,
  file: FileCode | undefined,
): number | undefined {
  if (failed?.line === undefined) return undefined;
  if (file === undefined) return failed.line;
  if (failed.place?.file === file.file) return failed.place.line;
  if (!file.asRan || ran === undefined) return undefined;
  const line = failed.line - ran.def + code.def;
  const isSame = code.lines[line - 1]?.trim() === ran.lines[failed.line - 1]?.trim();
  return isSame ? line : undefined;
}

/** The lines with their numbers, and a mark at the one that failed. */
function numbered(
  hide: Redact,
  lines: readonly string[],
  [from, to]: Range,
  failing: number | undefined,
): string {
  const width = String(to).length;
  // The whole text, since a key may begin above the part that is shown.
  const shown = hide(lines.join('\n'))
    .split('\n')
    .slice(from - 1, to);
  return shown
    .map((line, index) => {
      const number = from + index;
      const mark = number === failing ? '>' : ' ';
      return `${mark}${String(number).padStart(width)}  ${shorten(line, longestLine)}`.trimEnd();
    })
    .join('\n');
}
