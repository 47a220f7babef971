/** How outside text is shown to people: every character of it can be seen, and it stays in one line. */

const spaces = /[^\S\r\n\t\v\f]/u;
/** What draws nothing, draws over its neighbours, or draws something else from font to font. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const mark = /\p{M}/u;
const pictograph = /\p{Extended_Pictographic}/u;
/** Characters that stand for others below, so they have to be told from themselves. */
const ours = /[⟨⟩⏎⇥␣]/u;
/** More marks than this over one letter reach into other lines. */
const mostMarks = 2;

/**
 * Text with every character visible, at most about `longest` characters long: what is longer shows its head and its tail
 * with "⟨+57 characters⟩" between.
 */
export function shownText(text: string, longest = Number.POSITIVE_INFINITY): string {
  const shown = shownCharacters(text);
  return lengthOf(shown) <= longest ? shown.join('') : headAndTail(shown, longest);
}

/** True when the text, shown at most `longest` characters long, has all its characters. */
export function isShownWhole(text: string, longest: number): boolean {
  return lengthOf(shownCharacters(text)) <= longest;
}

function shownCharacters(text: string): readonly string[] {
  // Line ends of Windows are one character for people.
  const characters = Array.from(text.replaceAll('\r\n', '\n'));
  let marks = mostMarks;
  return characters.map((character, at) => {
    marks = mark.test(character) ? marks + 1 : 0;
    if (marks > mostMarks) return codePoint(character);
    return shownCharacter(character, characters[at - 1], characters[at + 1]);
  });
}

function shownCharacter(character: string, before: string | undefined, after: string | undefined): string {
  if (character === '\n') return '⏎';
  if (character === '\t') return '⇥';
  // A space at an end, or beside another one, would not be seen.
  if (character === ' ') return isText(before) && isText(after) ? ' ' : '␣';
  if (character === '\ufe0f' && before !== undefined && pictograph.test(before)) return character;
  return unseen.test(character) || spaces.test(character) || ours.test(character)
    ? codePoint(character)
    : character;
}

const isText = (character: string | undefined) => character !== undefined && character !== ' ';

/** A character that cannot be seen, by its number: `⟨U+202E⟩`. */
export function codePoint(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

function headAndTail(shown: readonly string[], longest: number): string {
  const head = within(shown, Math.ceil(longest * 0.6));
  const rest = shown.slice(head);
  const tail = within(rest.toReversed(), Math.floor(longest * 0.4));
  const between = `⟨+${rest.length - tail} characters⟩`;
  return [...shown.slice(0, head), between, ...(tail === 0 ? [] : rest.slice(-tail))].join('');
}

/** How many pieces fit into that many characters. */
function within(pieces: readonly string[], room: number): number {
  let left = room;
  const over = pieces.findIndex((piece) => (left -= piece.length) < 0);
  return over < 0 ? pieces.length : over;
}

function lengthOf(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
