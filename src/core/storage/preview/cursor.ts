import { MlopsError } from '../../ports/mlopsError.ts';

/** The error of a file that breaks the rules of its format. `reason` is a sentence of ours. */
export const broken = (reason: string) => new MlopsError('invalid', reason);

/** Reads bytes one after another. Throws MlopsError invalid where there are no more, whatever lengths the bytes claim. */
export class Cursor {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(little = true): number {
    return this.#view.getUint16(this.#take(2), little);
  }

  u32(little = true): number {
    return this.#view.getUint32(this.#take(4), little);
  }

  /** An unsigned number of 8 bytes, little-endian. Throws MlopsError invalid where it is larger than any file. */
  u64(): number {
    const value = this.#view.getBigUint64(this.#take(8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken('It names a size that no file has.');
    return Number(value);
  }

  part(length: number): Uint8Array {
    const start = this.#take(length);
    return this.bytes.subarray(start, start + length);
  }

  skip(length: number): void {
    this.#take(length);
  }

  /** Text in UTF-8; what is none is replaced. */
  text(length: number): string {
    return utf8(this.part(length));
  }

  #take(length: number): number {
    if (!(length >= 0) || this.at + length > this.bytes.length) throw broken('It ends too early.');
    const start = this.at;
    this.at += length;
    return start;
  }
}

/** Text in UTF-8; what is none is replaced. */
export const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** True for the error of bytes that end too early or break the rules of their format. */
export const isBroken = (error: unknown): error is MlopsError =>
  error instanceof MlopsError && error.kind === 'invalid';
