import type { RunId } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asOnTerminal } from '../text/terminalText.ts';
import { shorten } from '../text/markdown.ts';
import { keyLines, type Redact } from '../text/redact.ts';
import { secretMark } from '../text/secretNames.ts';
import { attemptLine, type LogPlace, openAttempts } from './attemptLogs.ts';
import { joinedBytes } from './bytes.ts';

/** A line that contains the text: its number in the whole log, from 1, where it begins, and the line. */
export interface FoundLine extends LogPlace {
  readonly line: number;
  readonly text: string;
  /** True for the line that says that another attempt begins. */
  readonly begins?: true;
}

export interface LogSearch {
  readonly run: RunId;
  readonly task: string;
  /** The text to find, in any case. */
  readonly text: string;
}

/** The result of a search. */
export interface LogFindings {
  /** The first lines that contain the text, at most `mostFound`, with the lines that begin further attempts. */
  readonly found: readonly FoundLine[];
  /** Number of lines that contain it, and of all lines. */
  readonly matches: number;
  readonly lines: number;
  /** Number of bytes that were searched, at most `mostSearched`, and of all bytes. */
  readonly searched: number;
  readonly size: number;
}

export const mostFound = 5000;
const mostSearched = 256_000_000;
const longestLine = 1000;
const newline = 10;

/** Searches a whole log from its beginning, all attempts, piece by piece. Throws MlopsError, `cancelled` when the signal aborts. */
export async function searchLog(
  backend: PipelineBackend,
  asked: LogSearch,
  signal: AbortSignal,
): Promise<LogFindings> {
  const { logs, size, hide } = await openAttempts(backend, asked, mostSearched, signal);
  const search = new LineSearch(asked.text, hide);
  for (const { attempt, bytes } of logs) {
    search.begin(attempt);
    for await (const piece of bytes) search.add(piece);
    search.end();
  }
  return { ...search.findings, searched: Math.min(size, mostSearched), size };
}

/** Takes the logs of the attempts in order, in pieces that may end anywhere. */
class LineSearch {
  readonly #wanted: string;
  readonly #hide: Redact;
  readonly #found: FoundLine[] = [];
  readonly #decoder = new TextDecoder();
  #attempt = 0;
  #rest: Uint8Array[] = [];
  #matches = 0;
  #lines = 0;
  /** Number of bytes of the attempt before `#rest`. */
  #done = 0;

  constructor(text: string, hide: Redact) {
    this.#wanted = text.toLowerCase();
    this.#hide = hide;
  }

  get findings(): Pick<LogFindings, 'found' | 'matches' | 'lines'> {
    return { found: this.#matches === 0 ? [] : this.#found, matches: this.#matches, lines: this.#lines };
  }

  begin(attempt: number): void {
    this.#attempt = attempt;
    this.#done = 0;
    if (attempt < 2) return;
    this.#lines += 1;
    const [line, text] = [this.#lines, attemptLine(attempt)];
    if (this.#matches < mostFound) this.#found.push({ line, attempt, offset: 0, text, begins: true });
  }

  add(piece: Uint8Array): void {
    const last = piece.lastIndexOf(newline);
    this.#rest.push(last < 0 ? piece : piece.subarray(0, last + 1));
    if (last < 0) return;
    this.#search(joinedBytes(this.#rest));
    this.#rest = [piece.subarray(last + 1)];
  }

  end(): void {
    if (this.#rest.some(({ length }) => length > 0))
      this.#search(joinedBytes([...this.#rest, Uint8Array.of(newline)]));
    this.#rest = [];
  }

  /** Whole lines, each with its line break. */
  #search(bytes: Uint8Array): void {
    const text = this.#decoder.decode(bytes);
    const lines = text.split('\n');
    lines.pop();
    if (text.toLowerCase().includes(this.#wanted)) this.#look(lines, bytes);
    this.#lines += lines.length;
    this.#done += bytes.length;
  }

  #look(lines: readonly string[], bytes: Uint8Array): void {
    let offset = 0;
    const keys = keyLines(lines);
    for (const [index, line] of lines.entries()) {
      const matches = line.toLowerCase().includes(this.#wanted);
      if (matches) this.#note(keys.has(index) ? secretMark : line, this.#lines + index + 1, offset);
      offset = bytes.indexOf(newline, offset) + 1;
    }
  }

  #note(line: string, number: number, offset: number): void {
    this.#matches += 1;
    if (this.#matches > mostFound) return;
    const text = shorten(this.#hide(asOnTerminal(line)), longestLine);
    this.#found.push({ line: number, attempt: this.#attempt, offset: this.#done + offset, text });
  }
}
