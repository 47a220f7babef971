const mebibyte = 1024 * 1024;
const mostParts = 10_000;

/** The size of the parts of an object: the usual one, or as many whole MiB as 10,000 parts need. */
export function partSizeFor(size: number, usual: number): number {
  return Math.max(usual, Math.ceil(size / mostParts / mebibyte) * mebibyte);
}
