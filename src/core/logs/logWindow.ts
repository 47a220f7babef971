import { joinedBytes } from './bytes.ts';

/** The newest part of a growing log, in bytes so that no character is cut. */
export interface LogWindow {
  /** Where `bytes` begin in the log: the beginning of a line. */
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** An empty window, to be filled from `start` on. */
export const emptyWindow = (start = 0): LogWindow => ({ start, bytes: new Uint8Array() });

/** The offset in the log where the window ends and the next read begins. */
export function windowEnd({ start, bytes }: LogWindow): number {
  return start + bytes.length;
}

/** Longest line in bytes before which the window may begin; a longer one is cut. */
const longestLine = 10_000;

/** The window with new output, reduced to its newest `most` bytes from the beginning of a line. */
export function grown(window: LogWindow, more: Uint8Array, most: number): LogWindow {
  const all = more.length === 0 ? window.bytes : joinedBytes([window.bytes, more]);
  if (all.length <= most) return { start: window.start, bytes: all };
  return fromLine({ start: window.start, bytes: all }, all.length - most);
}

/** The window without what is before the first line that begins at byte `index` or later. */
export function fromLine({ start, bytes }: LogWindow, index: number): LogWindow {
  if (index <= 0) return { start, bytes };
  const near = bytes.subarray(index - 1, index - 1 + longestLine);
  const ending = near.indexOf(newline);
  const cut = ending >= 0 ? index + ending : characterFrom(bytes, index);
  return { start: start + cut, bytes: bytes.slice(cut) };
}

const newline = 10;

/** Where the first whole UTF-8 character begins from `index` on. */
function characterFrom(bytes: Uint8Array, index: number): number {
  let from = index;
  while (from < index + 3 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from += 1;
  return from;
}
