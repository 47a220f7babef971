import { MlopsError } from '../ports/mlopsError.ts';

/** Lines of a text, as many of them as were asked for. */
export interface LineWindow {
  /** The number of the first of them, from 0. */
  readonly first: number;
  readonly lines: readonly string[];
  /** True when there are lines after them. */
  readonly more: boolean;
}

/** Lines by number, from 0, both included. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** The middle line of a range, which is shown first and cut last. */
export const middleOf = ({ start, end }: LineRange): number => start + Math.floor((end - start) / 2);

/**
 * Lines around the middle of a range, at most `most` characters of them. They come in parts; no more than
 * these are held at a time, and reading stops as soon as no later line can be among them.
 */
export async function lineWindow(
  parts: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  range: LineRange,
  most: number,
): Promise<LineWindow> {
  const middle = middleOf(range);
  const kept: string[] = [];
  let first = 0;
  let size = 0;
  let after = 0;
  for await (const part of parts)
    for (const line of part) {
      kept.push(line);
      size += line.length + 1;
      if (first + kept.length - 1 > middle) after += line.length + 1;
      while (size > most && first < middle && kept.length > 1 && after <= most / 2) {
        size -= (kept.shift() ?? '').length + 1;
        first += 1;
      }
      if (size > most && kept.length > 1) return { first, lines: kept.slice(0, -1), more: true };
    }
  return { first, lines: kept, more: false };
}

/**
 * The lines of a text, for each chunk of bytes those that it completes: UTF-16 where a byte order mark says so, else UTF-8. Each
 * line is cut after `longest` characters. Throws MlopsError unsupported for bytes that are not text.
 */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<readonly string[]> {
  let decoder: Decoder | undefined;
  let line = '';
  for await (const part of bytes) {
    decoder ??= decoderFor(part);
    const [end = '', ...begun] = decoder.decode(part, { stream: true }).split('\n');
    line = grown(line, end, longest);
    const last = begun.pop();
    if (last === undefined) continue;
    yield [line, ...begun].map((text) => closed(text, longest));
    line = grown('', last, longest);
  }
  yield [closed(line + (decoder?.decode() ?? ''), longest)];
}

/** One character more than a line may have, so that it is known to be cut. */
const grown = (line: string, more: string, longest: number) =>
  line.length > longest ? line : line + more.slice(0, longest + 1 - line.length);

/** A complete line, without the carriage return of a Windows line break, and cut where it is too long. */
function closed(line: string, longest: number): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

type Decoder = InstanceType<typeof TextDecoder>;

function decoderFor(beginning: Uint8Array): Decoder {
  const [first, second] = beginning;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be');
  if (beginning.includes(0)) throw new MlopsError('unsupported', 'It is not text.');
  return new TextDecoder();
}
