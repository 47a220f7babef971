import type { ObjectStat } from '../../src/core/domain/storedObject.ts';
import type { ByteRange, ObjectStore } from '../../src/core/ports/objectStore.ts';
import { MemoryObjectStore } from './memoryObjectStore.ts';

/** A store of one object of any size, whose bytes are made up when they are read, and counted. */
export class MadeUpObject extends MemoryObjectStore implements ObjectStore {
  bytesRead = 0;
  readonly #size: number;
  readonly #byteAt: (offset: number) => number;

  constructor(size: number, byteAt: (offset: number) => number) {
    super();
    this.#size = size;
    this.#byteAt = byteAt;
  }

  override async stat(bucket: string, key: string): Promise<ObjectStat> {
    return { bucket, key, size: this.#size, etag: '"1"' };
  }

  override async *read(
    _bucket: string,
    _key: string,
    { offset = 0, limit }: ByteRange,
  ): AsyncIterable<Uint8Array> {
    const length = Math.max(0, Math.min(limit, this.#size - offset));
    this.bytesRead += length;
    yield Uint8Array.from({ length }, (_, index) => this.#byteAt(offset + index));
  }
}

/** A text over and over. */
export const repeated = (text: string) => {
  const bytes = Buffer.from(text);
  return (offset: number) => bytes[offset % bytes.length] ?? 0;
};
