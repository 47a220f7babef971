import { type Focus, type FocusList, type ListedKind, listedKinds } from '../domain/focus.ts';
import { own } from '../domain/own.ts';

const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const numbers = 'one two three four five six seven eight nine ten'.split(' ');
const nth = String.raw`(?<nth>${ordinals.join('|')}|\d{1,2}(?:st|nd|rd|th))`;
const number = `${numbers.slice(1).join('|')}|[2-9]|1\\d|20`;
const kindWord = '(?<noun>one|run|pipeline|schedule|bucket|object|file)';
const ofThem = '(?: (?:of|in|from) (?:them|those|these|the list|that list))?';

const patterns = [
  // "The second one", "2nd run", "the third of them"; "first" alone may be a name.
  `(?:the )?${nth} ${kindWord}${ofThem}`,
  `the ${nth}${ofThem}`,
  // "The first two", "the first three runs".
  `(?:the )?first (?<first>${number})(?: ${kindWord}s)?${ofThem}`,
  // "Those two", "these three runs", "both".
  `(?:those|these|the|all) (?<count>${number})(?: ${kindWord}s)?`,
  '(?<count>both)(?: of (?:them|those|these))?',
  'them|those|these|them all|all of (?:them|those|these)',
  `(?:those|these) ${kindWord}s`,
].map((pattern) => new RegExp(`^(?:${pattern})$`, 'i'));

/** "The second one" within a sentence; "the first run of iris" is none of a list. */
const within = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(?:the )?${nth} ${kindWord}${ofThem}(?![\p{L}\p{N}-]| of\b)`,
  'giu',
);
/** "Those two" within a sentence. */
const several = new RegExp(
  String.raw`\b(?:those|these|the|the first|all) (?:${number})(?: (?:run|one)s)?\b|\bboth\b`,
  'i',
);

/** What words say of a list. */
interface Said {
  /** The kind of thing, where they name it. */
  readonly noun: string | undefined;
  /** Places in the list; left out: all of it. */
  readonly places?: readonly number[];
  /** How many it has to have. */
  readonly count?: number;
}

/**
 * The names that "the second one", "those two", "the first three runs" or "all of them" mean; undefined for other words, and
 * where the list has no such thing. Without a word for the kind, the newest list is meant, whatever is in it.
 */
export function listedIn(
  text: string,
  { lists = [] }: Focus,
  kind: ListedKind,
): readonly string[] | undefined {
  const said = read(text.trim());
  if (said === undefined || !fits(said, kind)) return undefined;
  const list = listOf(said, lists, kind);
  return list?.kind === kind ? taken(list, said) : undefined;
}

/** The one thing of a list that words mean. */
export function oneListed(text: string | undefined, focus: Focus, kind: ListedKind): string | undefined {
  const [first, ...others] = listedIn(text ?? '', focus, kind) ?? [];
  return others.length === 0 ? first : undefined;
}

/** A sentence with the names of what "the second one" means in it, where such a name is one word. */
export function withListedNames(sentence: string, focus: Focus): string {
  return sentence.replaceAll(within, (words) => {
    const name = oneListed(words, focus, 'run') ?? oneListed(words, focus, 'pipeline') ?? '';
    return /^[\w.-]+$/.test(name) ? name : words;
  });
}

/** Where the list is that a sentence speaks of: "the second one", "those two". */
export function placeOfListed(sentence: string, { lists = [] }: Focus): string | undefined {
  const [words] = sentence.match(within) ?? sentence.match(several) ?? [];
  const said = words === undefined ? undefined : read(words.trim());
  return (
    said &&
    listOf(
      said,
      lists,
      listedKinds.find((kind) => kind === said.noun),
    )?.connection
  );
}

/** The list of that kind where words name one, else the newest. */
function listOf({ noun }: Said, lists: readonly FocusList[], kind?: ListedKind): FocusList | undefined {
  return noun === undefined ? lists[0] : lists.find((list) => list.kind === kind);
}

/** True for words that mean one thing of a list, which may be of this kind. */
export function saysListed(text: string, kind: ListedKind): boolean {
  const said = read(text.trim());
  return said?.places?.length === 1 && fits(said, kind);
}

function taken({ names, more = false }: FocusList, { places, count }: Said): readonly string[] | undefined {
  // What was deleted keeps its place, but is not among "all of them".
  const meant = places?.map((place) => names[place] ?? null) ?? names.filter((name) => name !== null);
  const there = meant.filter((name) => name !== null);
  const isKnown = places === undefined ? !more && (count ?? there.length) === there.length : true;
  return isKnown && there.length > 0 && there.length === meant.length ? there : undefined;
}

function fits({ noun: said }: Said, kind: ListedKind): boolean {
  return said === undefined || said === kind || (said === 'file' && kind === 'object');
}

function read(text: string): Said | undefined {
  const match = patterns.map((pattern) => pattern.exec(text)).find((found) => found !== null);
  if (match === undefined) return undefined;
  const groups = match.groups ?? {};
  const said = own(groups, 'noun')?.toLowerCase();
  const [place, first, count] = [own(groups, 'nth'), own(groups, 'first'), own(groups, 'count')];
  return {
    noun: said === 'one' ? undefined : said,
    ...(place === undefined ? {} : { places: [numberOf(place, ordinals) - 1] }),
    ...(first === undefined
      ? {}
      : { places: Array.from({ length: numberOf(first, numbers) }, (_, at) => at) }),
    ...(count === undefined ? {} : { count: count.toLowerCase() === 'both' ? 2 : numberOf(count, numbers) }),
  };
}

/** "third", "3rd", "three" and "3" as 3. */
function numberOf(word: string, words: readonly string[]): number {
  const at = words.indexOf(word.toLowerCase());
  return at < 0 ? Number.parseInt(word, 10) : at + 1;
}
