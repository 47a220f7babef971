const mebibyte = 1024 * 1024;
/** The size of a part, and the largest object that is stored in one request. */
export const partBytes = 16 * mebibyte;
const mostParts = 10_000;

/** The size of the parts of an object: 16 MiB, or as many whole MiB as 10,000 parts need. */
export function partSizeFor(size: number): number {
  return Math.max(partBytes, Math.ceil(size / mostParts / mebibyte) * mebibyte);
}
