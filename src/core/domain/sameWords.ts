/** A name as it is compared with what people say: in small letters, with `-` for spaces, `-` and `_`. */
export function sameWords(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-');
}

/** The same, and "pipeline" at its end does not count. */
export function simpleName(name: string): string {
  return sameWords(name).replace(/-pipeline$/, '');
}

/**
 * True when a name has all words of a text, in any order: "diabetes tree" is in `diabetes-decision-tree`. A word of three letters or
 * more may be the beginning of one of the name's.
 */
export function hasWords(name: string, text: string): boolean {
  const words = wordsOf(text);
  const parts = wordsOf(name);
  return (
    words.length > 0 && words.every((word) => parts.some((part) => part === word || isBeginning(word, part)))
  );
}

const isBeginning = (word: string, of: string) => /^\p{L}{3,}$/u.test(word) && of.startsWith(word);

/** The words of a name in small letters, those of `camelCase` apart. */
export function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
