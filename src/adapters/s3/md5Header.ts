import { md5Of } from './checksums.ts';

/** The header by which a server checks that a body arrived whole. */
export function md5Header(body: Uint8Array): { readonly 'content-md5': string } {
  return { 'content-md5': md5Of([body]).toString('base64') };
}
