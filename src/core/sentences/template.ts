import type { Focus } from '../domain/focus.ts';
import { type Json, type JsonObject, sameJson } from '../domain/json.ts';
import { own } from '../domain/own.ts';
import type { Example, Groups, Sentence } from './sentence.ts';
import { inSentence, pipelineIn, runIn, unquote } from './words.ts';

/** A piece of an example's sentence: words, or the place of a value that its input has under `name`. */
type Piece = { readonly words: string } | { readonly name: string };

/**
 * The sentence for a call, made as the first example whose input has the same names; undefined when there is none.
 * "stop iris-12" for {run: 'iris-12'} gives "stop iris-7" for {run: 'iris-7'}.
 */
export function sentenceFor(examples: readonly Example[], input: JsonObject): string | undefined {
  for (const example of examples) {
    const pieces = piecesOf(example);
    if (isLike(example.means, input, pieces)) return filled(pieces, input);
  }
  return undefined;
}

/** Reads sentences like the example: other values may stand where it has its own. */
export function sentenceLike(example: Example): Sentence {
  const pieces = piecesOf(example);
  const slots = pieces.flatMap((piece) => ('name' in piece ? [piece.name] : []));
  return {
    pattern: new RegExp(`^${pieces.map((piece) => patternOf(piece, example.means)).join('')}$`, 'iu'),
    means: (groups, focus) => {
      const values = slots.map((name) => [name, valueIn(name, groups, example.means, focus)] as const);
      const known = values.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined);
      return known.length < slots.length ? undefined : { ...example.means, ...Object.fromEntries(known) };
    },
  };
}

function piecesOf({ say, means }: Example): readonly Piece[] {
  const values = Object.keys(means)
    .map((name) => [name, shownText(own(means, name))] as const)
    .toSorted(([, a], [, b]) => b.length - a.length);
  return values.reduce<readonly Piece[]>(
    (pieces, [name, value]) => place(pieces, name, value),
    [{ words: say }],
  );
}

/** Puts a name in the place where its value stands first as a word of its own. */
function place(pieces: readonly Piece[], name: string, value: string): readonly Piece[] {
  const word = new RegExp(`(?<![\\p{L}\\p{N}_-])${escaped(value)}(?![\\p{L}\\p{N}_-])`, 'u');
  const at = pieces.findIndex((piece) => 'words' in piece && word.test(piece.words));
  const piece = pieces[at];
  if (value === '' || piece === undefined || !('words' in piece)) return pieces;
  const start = piece.words.search(word);
  const cut = [
    { words: piece.words.slice(0, start) },
    { name },
    { words: piece.words.slice(start + value.length) },
  ];
  return [...pieces.slice(0, at), ...cut, ...pieces.slice(at + 1)];
}

/** What can stand in a sentence of a value: a text or a number; nothing of others. */
function shownText(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}

function isLike(means: JsonObject, input: JsonObject, pieces: readonly Piece[]): boolean {
  const names = Object.keys(means);
  if (names.length !== Object.keys(input).length) return false;
  return names.every((name) => {
    const value = own(input, name);
    return pieces.some((piece) => 'name' in piece && piece.name === name)
      ? shownText(value) !== ''
      : sameJson(own(means, name), value);
  });
}

/** The sentence with other values; a word that has one is quoted where the value needs it. */
function filled(pieces: readonly Piece[], input: JsonObject): string {
  const words = [{ text: '', hasValue: false }];
  for (const piece of pieces) {
    const [first = '', ...others] = 'words' in piece ? piece.words.split(' ') : [];
    const word = words[words.length - 1];
    if (word === undefined) continue;
    word.text += 'name' in piece ? shownText(own(input, piece.name)) : first;
    word.hasValue ||= 'name' in piece;
    words.push(...others.map((text) => ({ text, hasValue: false })));
  }
  return words.map(({ text, hasValue }) => (hasValue ? inSentence(text) : text)).join(' ');
}

function patternOf(piece: Piece, means: JsonObject): string {
  if ('words' in piece) return escaped(piece.words);
  return typeof own(means, piece.name) === 'number'
    ? `(?<${piece.name}>-?\\d+(?:\\.\\d+)?)`
    : `(?<${piece.name}>.+?)`;
}

function valueIn(name: string, groups: Groups, means: JsonObject, focus: Focus): Json | undefined {
  const text = own(groups, name);
  if (typeof own(means, name) === 'number') return Number(text);
  if (name === 'run' || name === 'like') return runIn(text, focus);
  return name === 'pipeline' ? pipelineIn(text, focus) : unquote(text ?? '');
}

/** Text as a pattern that matches nothing else. */
const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
