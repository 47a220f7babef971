import type { ObjectStat } from '../../domain/storedObject.ts';
import { collected } from '../../logs/bytes.ts';
import { MlopsError } from '../../ports/mlopsError.ts';
import type { ObjectStore } from '../../ports/objectStore.ts';
import type { RangedFile } from '../../ports/previewReaders.ts';
import { asName } from '../../text/literal.ts';
import { size as bytes } from '../../text/units.ts';

/** An object that is read by ranges, all of one state of it, up to a bound of bytes in all. */
export class BoundedObject implements RangedFile {
  readonly stat: ObjectStat;
  readonly #store: ObjectStore;
  #most: number;
  readonly #signal: AbortSignal;
  #head = new Uint8Array();
  #bytesRead = 0;

  constructor(store: ObjectStore, stat: ObjectStat, most: number, signal: AbortSignal) {
    this.stat = stat;
    this.#store = store;
    this.#most = most;
    this.#signal = signal;
  }

  get size(): number {
    return this.stat.size;
  }

  /** Allows this many bytes in all. */
  allow(most: number): void {
    this.#most = most;
  }

  /** Bytes that were asked of the store so far. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** The first bytes, at most `length`; they are read once. */
  async head(length: number): Promise<Uint8Array> {
    const wanted = Math.min(length, this.size);
    if (wanted > this.#head.length) {
      const more = await this.#fetch(this.#head.length, wanted - this.#head.length);
      const all = new Uint8Array(this.#head.length + more.length);
      all.set(this.#head);
      all.set(more, this.#head.length);
      this.#head = all;
    }
    return this.#head.subarray(0, wanted);
  }

  /** Bytes of the object, fewer at its end. Throws MlopsError invalid where the bound would be passed. */
  readonly read = async (offset: number, length: number): Promise<Uint8Array> => {
    const end = Math.min(offset + length, this.size);
    if (!(offset >= 0) || end <= offset) return new Uint8Array();
    if (end <= this.#head.length) return this.#head.subarray(offset, end);
    return this.#fetch(offset, end - offset);
  };

  async #fetch(offset: number, limit: number): Promise<Uint8Array> {
    const { bucket, key, etag } = this.stat;
    if (this.#bytesRead + limit > this.#most)
      throw new MlopsError(
        'invalid',
        `More than ${bytes(this.#most)} of ${asName(key)} would have to be read to show its beginning.`,
      );
    this.#bytesRead += limit;
    const range = { offset, limit, ...(etag === undefined ? {} : { ifMatch: etag }) };
    return collected(this.#store.read(bucket, key, range, this.#signal));
  }
}
