/** A name without case and without the difference between `-`, `_` and spaces, to compare what people say with what exists. */
export function simpleName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-')
    .replace(/-pipeline$/, '');
}

/** The words of a name, in lower case. */
export function wordsOf(text: string): readonly string[] {
  return simpleName(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
