import { type MlopsError, toMlopsError } from '../ports/mlopsError.ts';
import type { TransferState } from './transferText.ts';

/** One file of a transfer. */
export interface OneTransfer {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Leaves nothing behind where it fails, or what a later one goes on with. */
  readonly run: (onBytes: (bytes: number) => void, signal: AbortSignal) => Promise<unknown>;
}

/** What became of a transfer. */
export interface Transferred {
  readonly done: readonly string[];
  readonly failed: readonly { readonly name: string; readonly error: MlopsError }[];
  /** Those that were not begun, or broken off because it was cancelled. */
  readonly left: readonly string[];
}

/** Small files go at once; large ones already use several connections each. */
const mostAtOnce = 8;
const mostBytesAtOnce = 64_000_000;
/** Failures that each of the others would meet as well. */
const general = new Set(['auth', 'unreachable', 'timeout']);

/** Transfers files, several at once, until `signal` aborts; those that fail do not stop the others, unless all would fail. */
export async function transferAll(
  all: readonly OneTransfer[],
  onProgress: (state: TransferState) => void,
  signal: AbortSignal,
): Promise<Transferred> {
  const done: string[] = [];
  const failed: { name: string; error: MlopsError }[] = [];
  const left: string[] = [];
  const running = new Map<OneTransfer, number>();
  const total = all.reduce((sum, { size }) => sum + size, 0);
  let finished = 0;
  const tell = () => {
    const going = [...running.values()].reduce((sum, bytes) => sum + bytes, 0);
    onProgress({ bytes: finished + going, total, files: done.length, of: all.length });
  };
  const transfer = async (one: OneTransfer) => {
    running.set(one, 0);
    try {
      await one.run((bytes) => {
        running.set(one, bytes);
        tell();
      }, signal);
      done.push(one.name);
      finished += one.size;
    } catch (error) {
      if (signal.aborted) left.push(one.name);
      else failed.push({ name: one.name, error: toMlopsError(error) });
    }
    running.delete(one);
    tell();
  };
  const mayStart = ({ size }: OneTransfer) => {
    const bytes = [...running.keys()].reduce((sum, one) => sum + one.size, size);
    return running.size === 0 || (running.size < mostAtOnce && bytes <= mostBytesAtOnce);
  };
  const going = new Set<Promise<void>>();
  for (const [index, next] of all.entries()) {
    while (!mayStart(next)) await Promise.race(going);
    if (signal.aborted || failed.some(({ error }) => general.has(error.kind))) {
      for (const { name } of all.slice(index)) left.push(name);
      break;
    }
    const work: Promise<void> = transfer(next).finally(() => going.delete(work));
    going.add(work);
  }
  await Promise.all(going);
  return { done, failed, left };
}
