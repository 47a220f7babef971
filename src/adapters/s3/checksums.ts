import { createHash, type Hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** An MD5 to be made. S3 compares by it (`Content-MD5`, ETag); against accidents it does, against people it need not. */
export function md5Hash(): Hash {
  return createHash('md5');
}

/** The MD5 of pieces in their order. */
export function md5Of(pieces: Iterable<Uint8Array>): Buffer {
  const hash = md5Hash();
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** The header by which a server checks that a body arrived whole. */
export function md5Header(body: Uint8Array): { readonly 'content-md5': string } {
  return { 'content-md5': md5Of([body]).toString('base64') };
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

/** The MD5 that the ETag of an answer is, in hex; undefined where it is none: of parts, or encrypted with keys of someone's. */
export function md5In(headers: IncomingHttpHeaders): string | undefined {
  const { etag } = headers;
  const isEncrypted =
    String(headers['x-amz-server-side-encryption'] ?? '').startsWith('aws:kms') ||
    headers['x-amz-server-side-encryption-customer-algorithm'] !== undefined;
  return !isEncrypted && isMd5(etag) ? bareTag(etag).toLowerCase() : undefined;
}

/** The ETag of an object that was stored in parts of these MD5s: the MD5 of all of them, and their count. */
export function composedTag(parts: readonly Buffer[]): string {
  return `${md5Of(parts).toString('hex')}-${parts.length}`;
}
