import { folded } from '../agents/basics/known.ts';
import { own } from '../domain/own.ts';
import { timeIn } from './timeIn.ts';
import { objectPath, unquote } from './words.ts';

/** What a sentence asks of a store: the input of the list of objects. */
export interface AskedOfStore {
  readonly bucket?: string;
  readonly prefix?: string;
  readonly name?: string;
  readonly type?: string;
  readonly order?: 'newest' | 'oldest' | 'largest' | 'smallest';
  readonly count?: true;
  readonly limit?: number;
  readonly since?: string;
  readonly until?: string;
}

const set = (words: string) => new Set(words.split(/\s+/));
/** Words that say nothing of what is asked for. */
const fillers = set(
  `list show see give get find search look for locate me display which what whats what's where where's are is was were there do does did we i have has had been any all every the a an my our to at on and with how s use uses take takes up of
  changed modified stored saved added written updated created file-type
  zeig zeige zeigen mir liste gib welche welcher welches was wo gibt es sind ist liegen liegt wurde wurden die der das den dem alle ein eine wie auf suche nach finde belegt belegen braucht
  geaendert gespeichert geschrieben`,
);
/** Words for objects: one of them says that a store is meant. */
const objects = set(
  `object objects file files uploads uploaded key keys bucket buckets storage store datei dateien objekt objekte objekten hochgeladen hochgeladene abgelegt speicher`,
);
const counting = set(
  'count many much number size sizes big large total space types type kinds formats viele viel gross platz anzahl groesse insgesamt arten typen',
);
const orders: { readonly [word: string]: AskedOfStore['order'] } = {
  ...meaning('newest', 'newest latest recent last neueste neuesten neuester letzte letzten juengsten'),
  ...meaning('oldest', 'oldest aelteste aeltesten aeltester'),
  ...meaning('largest', 'largest biggest heaviest groesste groessten groesster'),
  ...meaning('smallest', 'smallest kleinste kleinsten kleinster'),
};
const types: { readonly [word: string]: string } = {
  ...meaning('dataset', 'dataset datasets datensatz datensaetze'),
  ...meaning('model', 'model models modell modelle'),
  ...meaning('image', 'image images picture pictures bild bilder'),
  ...meaning('notebook', 'notebook notebooks'),
  ...meaning('archive', 'archives archiv archive'),
  csvs: 'csv',
  ...Object.fromEntries(
    'csv parquet json jsonl tsv html pdf md txt png jpg jpeg svg yaml joblib pkl pickle pt pth onnx safetensors npy npz zip h5'
      .split(' ')
      .map((type) => [type, type]),
  ),
};
const numbers = 'zero one two three four five six seven eight nine ten'.split(' ');

function meaning<T extends string>(what: T, words: string): { readonly [word: string]: T } {
  return Object.fromEntries(words.split(' ').map((word) => [word, what]));
}

/** A word of the sentence, and as it is compared. */
interface Said {
  readonly raw: string;
  readonly text: string;
}

/** What some words of a sentence ask for, and how many they are. */
interface Part {
  readonly asks: AskedOfStore;
  readonly length: number;
}

/**
 * What a sentence asks of a store, English or German: something that is looked for, or counted. Undefined where a word of it has no
 * place in such a question, or none says that it is about objects.
 */
export function objectsAsked(sentence: string): AskedOfStore | undefined {
  const all = saidIn(sentence);
  const time = timeIn(all.map(({ text }) => text));
  const rest = time === undefined ? all : [...all.slice(0, time.from), ...all.slice(time.to)];
  const asked = askedIn(rest);
  if (asked === undefined) return undefined;
  const { from: _from, to: _to, ...times } = time ?? { from: 0, to: 0 };
  return isAboutObjects(rest, { ...asked, ...times }) ? { ...asked, ...times } : undefined;
}

/** Whether something is looked for or counted, and it is objects. */
function isAboutObjects(
  all: readonly Said[],
  { bucket, prefix: _prefix, limit: _limit, ...wish }: AskedOfStore,
): boolean {
  const kinds = ['dataset', 'model'];
  const isKnown = wish.type !== undefined && !(kinds.includes(wish.type) && wish.since === undefined);
  const isSaid = all.some(({ text }) => objects.has(text));
  return (
    Object.keys(wish).length > 0 && (isSaid || isKnown || bucket !== undefined || wish.name !== undefined)
  );
}

function saidIn(sentence: string): readonly Said[] {
  const found = sentence.match(/"[^"]+"|`[^`]+`|[^\s"`]+/g) ?? [];
  return found
    .flatMap((part) => (/^\p{L}{2,7}-(?:dateien|files|datei)$/iu.test(part) ? part.split('-') : [part]))
    .map((part) => unquote(part.replace(/[?!,;:]+$/, '')))
    .filter((raw) => raw !== '')
    .map((raw) => ({ raw, text: folded(raw) }));
}

function askedIn(all: readonly Said[]): AskedOfStore | undefined {
  let asked: AskedOfStore = {};
  for (let at = 0; at < all.length;) {
    const part = readers.map((read) => read(all.slice(at), asked)).find((one) => one !== undefined);
    if (part === undefined) return undefined;
    asked = { ...asked, ...part.asks };
    at += part.length;
  }
  return asked;
}

type Read = (words: readonly Said[], asked: AskedOfStore) => Part | undefined;

/** "Named metrics", "with churn in the name", `report.html`. */
const name: Read = ([first, second, ...others]) => {
  if (first === undefined) return undefined;
  if (/^(?:named|called|containing|namens)$/.test(first.text) && second !== undefined)
    return { asks: { name: second.raw }, length: 2 };
  const inName = /^(?:in (?:the|their) (?:name|key)s?|im namen)\b/.exec(
    others.map(({ text }) => text).join(' '),
  );
  if (/^(?:with|mit)$/.test(first.text) && second !== undefined && inName !== null)
    return { asks: { name: second.raw }, length: 2 + inName[0].split(' ').length };
  const isFile = /^[^/\s*]+\.[a-z]\w{0,11}$/i.test(first.raw);
  return isFile ? { asks: { name: first.raw }, length: 1 } : undefined;
};

const before = /^(?:in|of|under|below|from|inside|within|to|im|unter|von|aus|nach)$/;
const noun = /^(?:the|my|our|bucket|folder|prefix|der|dem|den|ordner)$/;

/** "In datasets", "under artifacts/iris/", "the bucket models". */
const place: Read = (words) => {
  const skipped = words.findIndex(({ text }, at) => !(at === 0 && before.test(text)) && !noun.test(text));
  const word = words[skipped];
  if (word === undefined) return undefined;
  if (word.raw.includes('/')) return { asks: pathOf(word.raw), length: skipped + 1 };
  const isNoName = objects.has(word.text) || fillers.has(word.text);
  return isNoName || !isPlaced(words, skipped)
    ? undefined
    : { asks: { bucket: word.raw }, length: skipped + 1 };
};

/** Whether the word at `at` is where something is: "in x", "the bucket x", "of x" where x means nothing else. */
function isPlaced(words: readonly Said[], at: number): boolean {
  const [first = ''] = words.map(({ text }) => text);
  if (at === 0) return false;
  if (words[at - 1]?.text === 'bucket' || words[at + 1]?.text === 'bucket') return true;
  if (!before.test(first)) return false;
  return !/^(?:of|von)$/.test(first) || !hasMeaning(words[at]?.text ?? '');
}

function pathOf(path: string): AskedOfStore {
  const { bucket, rest } = objectPath(path);
  return { bucket, ...(rest === '' ? {} : { prefix: rest }) };
}

/** ".csv", "*.csv". */
const ending: Read = ([first]) => {
  const type = /^\*?\.([a-z]\w{0,11})$/i.exec(first?.raw ?? '')?.[1];
  return type === undefined ? undefined : { asks: { type: type.toLowerCase() }, length: 1 };
};

/** A word of our own. */
const vocabulary: Read = ([first]) => {
  if (first === undefined) return undefined;
  const asks = asksOf(first.text);
  return asks === undefined ? undefined : { asks, length: 1 };
};

function asksOf(text: string): AskedOfStore | undefined {
  const [order, type] = [own(orders, text), own(types, text)];
  if (order !== undefined) return { order };
  if (type !== undefined) return { type };
  if (counting.has(text)) return { count: true };
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : numbers.indexOf(text);
  if (limit > 0) return { limit };
  return fillers.has(text) || objects.has(text) || before.test(text) ? {} : undefined;
}

/** Any other word may name the bucket that is counted: "how much space does artifacts take". */
const countedBucket: Read = ([first, second], { bucket, count }) => {
  const isCounted = count === true && bucket === undefined;
  const isWhole = second === undefined || fillers.has(second.text) || second.text === 'bucket';
  return first !== undefined && isCounted && isWhole ? { asks: { bucket: first.raw }, length: 1 } : undefined;
};

function hasMeaning(text: string): boolean {
  return (
    [fillers, objects, counting].some((known) => known.has(text)) ||
    own(orders, text) !== undefined ||
    own(types, text) !== undefined
  );
}

const readers: readonly Read[] = [name, place, ending, vocabulary, countedBucket];
