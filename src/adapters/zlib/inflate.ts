import { constants, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { MlopsError } from '../../core/ports/mlopsError.ts';

const unpackers = { gzip: createGunzip, zlib: createInflate, 'deflate-raw': createInflateRaw } as const;

/**
 * At most the first `most` bytes of what was compressed; the rest is not unpacked. `bytes` may be its beginning alone. Throws
 * MlopsError invalid for bytes that are not compressed so.
 */
export async function inflate(
  bytes: Uint8Array,
  format: keyof typeof unpackers,
  most: number,
): Promise<Uint8Array> {
  // What was cut off ends as if it were whole.
  const options = { finishFlush: constants.Z_SYNC_FLUSH };
  const stream = unpackers[format](options);
  stream.end(bytes);
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of stream) {
      pieces.push(piece as Buffer);
      length += (piece as Buffer).length;
      if (length >= most) break;
    }
  } catch (cause) {
    throw new MlopsError('invalid', 'What is packed in it is broken.', { cause });
  } finally {
    stream.destroy();
  }
  return Buffer.concat(pieces).subarray(0, most);
}
