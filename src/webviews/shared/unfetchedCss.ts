/** The parts of a style sheet that fetch; data addresses and parts of the same page are allowed. */
const fetched = /url\(\s*(?!["']?\s*(?:data:|#))(?:"[^"]*"\s*|'[^']*'\s*|[^)]*)\)?/gi;
const imports = /@import\b[^;]*(?:;|$)/gi;
const functions = /\b(?:image-set|image|src|cross-fade|paint)\(/gi;
const words = /@import|@charset|\b(?:url|image-set|image|src|cross-fade|paint|expression)\(/gi;

/**
 * A style without anything that it would fetch. A style that hides such words in escapes
 * is dropped.
 */
export function unfetchedCss(css: string): string {
  const bare = css.replaceAll(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ');
  if (count(unescaped(bare)) !== count(bare)) return '';
  return bare.replaceAll(fetched, 'none').replaceAll(imports, '').replaceAll(functions, 'none(');
}

const count = (css: string) => css.match(words)?.length ?? 0;

/** The text with its escapes (`\75 rl`) decoded. */
function unescaped(css: string): string {
  return css.replaceAll(/\\(?:([0-9a-f]{1,6})(?:\r\n|\s)?|([\s\S]))/gi, (_, hex?: string, other?: string) => {
    if (hex === undefined) return other ?? '';
    const code = Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}
