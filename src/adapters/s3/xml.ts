// Reads the answers of S3, which are flat and small. A general reader of XML takes thirty times as long for a page of a
// listing, and makes the key `007` the number 7.

/** The contents of all elements of that name, in order; elements of the same name must not be nested. */
export function elements(xml: string, name: string): readonly string[] {
  const found: string[] = [];
  const pattern = new RegExp(`<${name}(?:\\s[^>]*)?(?:/>|>([\\s\\S]*?)</${name}>)`, 'g');
  for (const match of xml.matchAll(pattern)) found.push(match[1] ?? '');
  return found;
}

/** The text of the first element of that name, entities decoded; undefined where there is none. Blanks are kept. */
export function textOf(xml: string, name: string): string | undefined {
  const content = plainIn(xml, name) ?? elements(xml, name)[0];
  return content === undefined || !content.includes('&') ? content : decoded(content);
}

/** Most elements have no attributes, and a page has thousands. */
function plainIn(xml: string, name: string): string | undefined {
  const opening = `<${name}>`;
  const start = xml.indexOf(opening);
  const end = start < 0 ? -1 : xml.indexOf(`</${name}>`, start);
  return end < 0 ? undefined : xml.slice(start + opening.length, end);
}

const named = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
]);

function decoded(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return named.get(name.toLowerCase()) ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Text inside an element. Line breaks are written by number, or a server would read them as others. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"'\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** False for text that no XML can hold, such as a control character. */
export function fitsXml(text: string): boolean {
  return /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(text);
}
