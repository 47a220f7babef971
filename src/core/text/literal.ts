import type { Json } from '../domain/json.ts';
import { codePoint } from './shownText.ts';

/**
 * Control characters, marks that change the direction of writing, and characters without a width, but no
 * line breaks and tabs.
 */
const unseen = /[\p{Cf}\p{Zl}\p{Zp}\u034f\u115f\u1160\u2800\u3164\uffa0]|(?![\t\n\r])\p{Cc}/gu;

/** Text with invisible characters written by their numbers: `⟨U+202E⟩`. */
export function visible(text: string): string {
  return text.replaceAll(unseen, codePoint);
}

/** Text in one line, with invisible characters written out. */
export function oneLine(text: string): string {
  return visible(text).replaceAll(/[\t\n\r]+/g, ' ');
}

/**
 * One line of text for the editor's own window, where `[x](command:y)` would become a link that runs y, and `$(x)` an icon.
 * A space before the bracket prevents both in any scheme, and is visible where the text is copied.
 */
export function literal(text: string): string {
  return oneLine(text).replaceAll(/([\]$])\(/g, '$1 (');
}

/** Text in double quotes as in JSON, in one line with invisible characters written out; JSON.parse restores it. */
export function quoted(text: string): string {
  return quotedJson(text);
}

/** JSON in one line with invisible characters written out; JSON.parse restores it. */
export function quotedJson(json: Json): string {
  return JSON.stringify(json).replaceAll(unseen, (character) =>
    Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join(''),
  );
}

const unit = (charCode: number) => `\\u${charCode.toString(16).padStart(4, '0')}`;

const longestName = 100;

/**
 * A name from outside in a sentence of ours: an ordinary name as it is, any other in quotes, so that it cannot pass for
 * part of the sentence. At most 100 characters.
 */
export function asName(name: string): string {
  const short = name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;
  return /^[\p{L}\p{N}_.@/[\]:#+-]+…?$/u.test(short) ? short : quoted(short);
}
