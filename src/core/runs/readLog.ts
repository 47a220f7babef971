import type { RunId } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { printedText } from '../text/terminalText.ts';
import { shorten } from '../text/markdown.ts';
import { keyLines, type Redact, redactor } from '../text/redact.ts';
import { secretMark } from '../text/secretNames.ts';

/** Which part of a log to read: the last `lines`, or the last of those that contain `search`. */
export interface LogQuery {
  readonly run: RunId;
  readonly task: string;
  readonly lines: number;
  readonly search?: string | undefined;
}

/** The requested lines. `more`: there are earlier ones; `skippedBytes`: how much of the beginning was not read. */
export interface LogPart {
  readonly lines: readonly string[];
  readonly more: boolean;
  readonly skippedBytes: number;
}

const tailBytes = 512 * 1024;
const searchBytes = 8 * 1024 * 1024;
const lineLength = 1000;

/**
 * Reads the end of a task's log within bounds: 512 kB, or 8 MB when searching; lines are cut at 1000 characters. A search
 * looks at the redacted text, so that it cannot be used to guess a secret.
 */
export async function readLog(
  backend: PipelineBackend,
  query: LogQuery,
  signal: AbortSignal,
): Promise<LogPart> {
  const limit = query.search === undefined ? tailBytes : searchBytes;
  const { size } = await backend.readLog(query.run, query.task, { offset: 0, limit: 1 }, signal);
  const offset = Math.max(0, size - limit);
  const hide = redactor(await backend.getRun(query.run, signal));
  const { bytes } = await backend.readLog(query.run, query.task, { offset, limit }, signal);
  const all = (await printedText(bytes)).split(/\r?\n/);
  if (all.at(-1) === '') all.pop();
  if (offset > 0) all.shift();
  const matching = lastLines(all, query, hide);
  return {
    lines: matching.slice(-query.lines).map((line) => shorten(line, lineLength)),
    more: matching.length > query.lines,
    skippedBytes: offset,
  };
}

/** The last lines that are asked for, as they are shown, and one more where there are more, so that the caller can tell. */
function lastLines(all: readonly string[], { lines, search }: LogQuery, hide: Redact): readonly string[] {
  const keys = keyLines(all);
  const wanted = search?.toLowerCase() ?? '';
  const holds = (line: string) => line.toLowerCase().includes(wanted);
  const matching: string[] = [];
  for (let index = all.length - 1; index >= 0 && matching.length <= lines; index -= 1) {
    const line = all[index] ?? '';
    if (!holds(line)) continue;
    const shown = keys.has(index) ? secretMark : hide(line);
    if (holds(shown)) matching.push(shown);
  }
  return matching.toReversed();
}
