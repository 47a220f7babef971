import { createHash } from 'node:crypto';

/** The MD5 of pieces in their order. */
export function md5Of(pieces: Iterable<Uint8Array>): Buffer {
  const hash = createHash('md5');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** An ETag without quotes and the mark of a weak one. */
export function bareTag(etag: string): string {
  return etag.trim().replace(/^W\//, '').replaceAll('"', '');
}

/** True where both name the same state of an object. */
export function isSameTag(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && bareTag(a) === bareTag(b);
}

/** True for an ETag that is the MD5 of an object or a part; it is none where a server encrypts with keys of its own. */
export function isMd5(etag: string | undefined): etag is string {
  return etag !== undefined && /^[0-9a-f]{32}$/i.test(bareTag(etag));
}

/** The ETag of an object that was stored in parts of these MD5s: the MD5 of all of them, and their count. */
export function composedTag(parts: readonly Buffer[]): string {
  return `${md5Of(parts).toString('hex')}-${parts.length}`;
}
