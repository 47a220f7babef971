import type { RunId } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asOnTerminal } from '../text/decodeText.ts';
import { shorten } from '../text/markdown.ts';
import { joined } from './joined.ts';

/** A line that holds the text: its number from 1, where it begins in bytes, and what it says. */
export interface FoundLine {
  readonly line: number;
  readonly offset: number;
  readonly text: string;
}

export interface LogSearch {
  readonly run: RunId;
  readonly task: string;
  /** What lines must hold, whatever its case. */
  readonly text: string;
}

/** What a search came to. */
export interface LogFindings {
  /** The first lines that hold the text, at most `mostFound`. */
  readonly found: readonly FoundLine[];
  /** How many lines hold it, of how many. */
  readonly matches: number;
  readonly lines: number;
  /** How many bytes were looked at, of how many; at most `mostSearched`. */
  readonly searched: number;
  readonly size: number;
}

export const mostFound = 5000;
const mostSearched = 256_000_000;
const longestLine = 1000;
const newline = 10;

/** Searches a whole log from its beginning, piece by piece. Throws MlopsError, `cancelled` when the signal aborts. */
export async function searchLog(
  backend: PipelineBackend,
  { run, task, text }: LogSearch,
  signal: AbortSignal,
): Promise<LogFindings> {
  const { size, bytes } = await backend.readLog(run, task, { offset: 0, limit: mostSearched }, signal);
  const search = new LineSearch(text);
  for await (const piece of bytes) search.add(piece);
  return search.end(size);
}

/** Takes a log in pieces that end anywhere. */
class LineSearch {
  readonly #wanted: string;
  readonly #found: FoundLine[] = [];
  readonly #decoder = new TextDecoder();
  #rest: Uint8Array[] = [];
  #matches = 0;
  #lines = 0;
  /** How many bytes are done, which is where `#rest` begins. */
  #done = 0;

  constructor(text: string) {
    this.#wanted = text.toLowerCase();
  }

  add(piece: Uint8Array): void {
    const last = piece.lastIndexOf(newline);
    this.#rest.push(last < 0 ? piece : piece.subarray(0, last + 1));
    if (last < 0) return;
    this.#search(joined(this.#rest));
    this.#rest = [piece.subarray(last + 1)];
  }

  end(size: number): LogFindings {
    if (this.#rest.some(({ length }) => length > 0))
      this.#search(joined([...this.#rest, Uint8Array.of(newline)]));
    const searched = Math.min(size, mostSearched);
    return { found: this.#found, matches: this.#matches, lines: this.#lines, searched, size };
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
    let at = 0;
    for (const [index, line] of lines.entries()) {
      if (line.toLowerCase().includes(this.#wanted)) this.#note(line, this.#lines + index + 1, at);
      at = bytes.indexOf(newline, at) + 1;
    }
  }

  #note(line: string, number: number, at: number): void {
    this.#matches += 1;
    if (this.#found.length >= mostFound) return;
    const text = shorten(asOnTerminal(line), longestLine);
    this.#found.push({ line: number, offset: this.#done + at, text });
  }
}
