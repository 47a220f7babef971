import { type FocusList, listedKinds, type ListedKind } from '../domain/focus.ts';
import type { CallMentions } from '../domain/mention.ts';
import { namedIn } from '../text/namedIn.ts';
import { longest, mostListed } from './focus.ts';
import { distinct, kindOf, nameOf, namesOf, type Thing, thingsOf } from './things.ts';

/** Most characters of all names of a list. */
const longestList = 1000;

/** What one call listed of a kind. */
interface Shown {
  readonly things: readonly Thing[];
  /** True when it found more. */
  readonly more: boolean;
}

/**
 * The lists that an answer leaves, the newest first: of each kind the things that its text names, in the order of the text;
 * where it names fewer than two, those of the last result with several, else those that it read or changed one by one.
 */
export function listsOf(calls: readonly CallMentions[], text: string): readonly FocusList[] {
  return listedKinds
    .map((kind) => {
      const shown = calls.map(({ mentions }) => ({
        things: thingsOf(mentions).filter((thing) => kindOf(thing) === kind),
        more: mentions.some((mention) => mention.kind === 'more'),
      }));
      return { kind, shown, at: shown.findLastIndex(({ things }) => things.length > 0) };
    })
    .toSorted((a, b) => b.at - a.at)
    .flatMap(({ kind, shown }) => listOf(kind, shown, text) ?? []);
}

function listOf(kind: ListedKind, all: readonly Shown[], text: string): FocusList | undefined {
  const connection = all.flatMap(({ things }) => things).at(-1)?.connection;
  const shown = all.filter(({ things }) => things.some((thing) => thing.connection === connection));
  const things = distinct(shown.flatMap((one) => one.things));
  const last = shown.findLast((one) => one.things.length > 1);
  const named = inText(things, text);
  const listed = named.length > 1 ? named : (last?.things ?? things);
  if (connection === undefined || listed.length < 2) return undefined;
  const names = fitting(listed.map(nameOf));
  const more = names.length < listed.length || (last?.more === true && listed.length >= last.things.length);
  return { kind, connection, names, ...(more ? { more } : {}) };
}

/** The things that a text names, in its order. */
function inText(things: readonly Thing[], text: string): readonly Thing[] {
  return things
    .map((thing) => ({ thing, at: namedIn(text, namesOf(thing)) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)
    .map(({ thing }) => thing);
}

/** The first names that have room: what comes after one that is too long would be counted wrongly. */
function fitting(names: readonly string[]): readonly string[] {
  let left = longestList;
  const end = names.findIndex((name) => name.length > longest || (left -= name.length) < 0);
  return names.slice(0, end < 0 ? mostListed : Math.min(end, mostListed));
}
