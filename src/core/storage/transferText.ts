import { size } from '../text/units.ts';

/** How far a transfer of one or more files is. Bytes of all, and files that are done. */
export interface TransferState {
  readonly bytes: number;
  readonly total: number;
  readonly files: number;
  readonly of: number;
}

/** Over which time the speed is taken, in milliseconds. */
const windowMs = 5000;

/** Measures how fast bytes go, over the last seconds. */
export class Speed {
  readonly #seen: { readonly at: number; readonly bytes: number }[] = [];

  /** Notes that so many bytes have gone at a time, in milliseconds; returns bytes a second, undefined where it is too soon to say. */
  at(now: number, bytes: number): number | undefined {
    this.#seen.push({ at: now, bytes });
    while (this.#seen.length > 2 && now - (this.#seen[1]?.at ?? now) >= windowMs) this.#seen.shift();
    const [first] = this.#seen;
    const elapsed = now - (first?.at ?? now);
    return elapsed < 500 ? undefined : ((bytes - (first?.bytes ?? 0)) * 1000) / elapsed;
  }
}

/** "12 MB of 1.2 GB, 34 MB/s, 3 of 20 files". */
export function transferText(
  { bytes, total, files, of }: TransferState,
  perSecond: number | undefined,
): string {
  const speed = perSecond === undefined ? '' : `${size(perSecond)}/s`;
  const counted = of > 1 ? `${files.toLocaleString('en')} of ${of.toLocaleString('en')} files` : '';
  return [`${size(bytes)} of ${size(total)}`, speed, counted].filter(Boolean).join(', ');
}
