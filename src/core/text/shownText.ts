/** How people see outside text: with every character visible, in one line. */

const spaces = /[^\S\r\n\t\v\f]/u;
/** Characters that draw nothing, draw over others, or look different in each font. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const mark = /\p{M}/u;
const pictograph = /\p{Extended_Pictographic}/u;
/** Characters that are used as replacements below, so that they are escaped themselves. */
const ours = /[⟨⟩⏎⇥␣]/u;
/** Most combining marks on a letter; more would reach into other lines. */
const mostMarks = 2;

/**
 * Text with every character visible, at most about `longest` characters: a longer one shows its head and its tail
 * with "⟨+57 characters⟩" between.
 */
export function shownText(text: string, longest = Number.POSITIVE_INFINITY): string {
  const shown = shownCharacters(text);
  return lengthOf(shown) <= longest ? shown.join('') : headAndTail(shown, longest);
}

/** True when the text is shown whole within `longest` characters. */
export function isShownWhole(text: string, longest: number): boolean {
  return lengthOf(shownCharacters(text)) <= longest;
}

function shownCharacters(text: string): readonly string[] {
  // A line break of Windows counts as one character.
  const characters = Array.from(text.replaceAll('\r\n', '\n'));
  let marks = mostMarks;
  return characters.map((character, index) => {
    marks = mark.test(character) ? marks + 1 : 0;
    if (marks > mostMarks) return codePoint(character);
    return shownCharacter(character, characters[index - 1], characters[index + 1]);
  });
}

function shownCharacter(character: string, before: string | undefined, after: string | undefined): string {
  if (character === '\n') return '⏎';
  if (character === '\t') return '⇥';
  // A space at an end, or next to another one, would be invisible.
  if (character === ' ') return isText(before) && isText(after) ? ' ' : '␣';
  if (character === '\ufe0f' && before !== undefined && pictograph.test(before)) return character;
  return unseen.test(character) || spaces.test(character) || ours.test(character)
    ? codePoint(character)
    : character;
}

const isText = (character: string | undefined) => character !== undefined && character !== ' ';

/** An invisible character by its number: `⟨U+202E⟩`. */
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

/** Number of pieces that fit into that many characters. */
function within(pieces: readonly string[], room: number): number {
  let left = room;
  const over = pieces.findIndex((piece) => (left -= piece.length) < 0);
  return over < 0 ? pieces.length : over;
}

function lengthOf(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
