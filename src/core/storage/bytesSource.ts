import type { ByteSource } from '../ports/objectWrites.ts';

/** Bytes in memory as a source. */
export function bytesSource(content: Uint8Array): ByteSource {
  return {
    size: content.length,
    read: async function* (offset, limit) {
      yield content.subarray(offset, offset + limit);
    },
  };
}
