import { own } from '../../domain/own.ts';
import type { Focus } from '../../domain/focus.ts';
import { placeOfListed, withListedNames } from '../../sentences/listed.ts';
import { tools as allTools } from '../../tools/table.ts';
import type { Tool } from '../../tools/tool.ts';
import { grammarOf, type Understood } from './grammar.ts';
import { areSaidAsValues, asItIsCalled, namesWhatExists } from './exists.ts';
import { isHeldBack } from './isHeldBack.ts';
import type { Known } from './known.ts';
import { readOrder } from './order.ts';
import { readQuestion } from './question.ts';
import { partsOf } from './sentenceParts.ts';
import { tidy } from './tidy.ts';

/** What a sentence is understood by. */
export interface Surroundings {
  /** Names of the connections where there are several: a sentence may end in one ("list runs on Team home"). */
  readonly places?: readonly string[];
  /** The tools that sentences call. */
  readonly tools?: readonly Tool[];
  /** What exists; left out: names are taken as they stand. */
  readonly known?: Known | undefined;
}

/**
 * Turns a plain sentence into a tool call, or `help`; undefined when it is not understood.
 */
export function understand(
  sentence: string,
  focus: Focus,
  { places = [], tools = allTools, known }: Surroundings = {},
): Understood | 'help' | undefined {
  const { text, place } = placeIn(tidy(sentence), places);
  const understood = understandPlain(text, focus, tools, known);
  if (typeof understood !== 'object') return understood;
  const connection = place ?? placeOf(understood, focus);
  return connection === undefined
    ? understood
    : { ...understood, input: { ...understood.input, connection } };
}

/**
 * The name of the connection that a sentence is about: the one at its end, else that of the list that it speaks of, or of the
 * focus where it speaks of "it".
 */
export function placeMeant(sentence: string, focus: Focus, places: readonly string[]): string | undefined {
  const { text, place } = placeIn(tidy(sentence), places);
  return place ?? placeOfListed(text, focus) ?? (ofFocus.test(text) ? focus.connection : undefined);
}

const ofFocus = /\b(?:it|this|that|again|same|previous|before|es|ihn|nochmal|dasselbe)\b/i;

/** A sentence without the place at its end. */
function placeIn(
  text: string,
  places: readonly string[],
): { readonly text: string; readonly place?: string } {
  const lower = text.toLowerCase();
  for (const place of places.toSorted((a, b) => b.length - a.length))
    for (const [ending, left] of endings) {
      const end = ` ${ending.replace('*', place.toLowerCase())}`;
      if (lower.endsWith(end)) return { text: `${text.slice(0, -end.length)} ${left}`.trim(), place };
    }
  return { text };
}

/** How a sentence ends that names a place, and what is left of the end without the name. */
const endings = [
  ...['on', 'in', 'at', 'from', 'to'].map((word) => [`${word} *`, ''] as const),
  ['connection *', 'connection'],
  ['* connection', 'connection'],
  ['verbindung *', 'verbindung'],
  ['reach *', 'reach the server'],
] as const;

/** What a call is about, by name. */
const namedIn = ({ input }: Understood) => [own(input, 'run'), own(input, 'like'), own(input, 'pipeline')];

/** Where a call goes that names what is in focus or was listed: where that is. */
function placeOf(understood: Understood, focus: Focus): string | undefined {
  if (isAboutFocus(understood, focus)) return focus.connection;
  const named = namedIn(understood);
  const list = focus.lists?.find(({ names }) => names.some((name) => name !== null && named.includes(name)));
  return list?.connection;
}

/** True when what a call names was taken from the focus: it is where the focus is. */
function isAboutFocus(understood: Understood, focus: Focus): boolean {
  const { input } = understood;
  const known = [focus.run, focus.against, focus.pipeline].filter((one) => one !== undefined);
  if (typeof input['bucket'] === 'string' && focus.bucket !== undefined)
    return focus.bucket.startsWith(`${input['bucket']}/`);
  return namedIn(understood).some((one) => known.some((name) => name === one));
}

function understandPlain(
  plain: string,
  focus: Focus,
  tools: readonly Tool[],
  known: Known | undefined,
): Understood | 'help' | undefined {
  for (const { pattern, read } of grammarOf(tools)) {
    const match = pattern.exec(plain);
    if (match === null) continue;
    const understood = read(match.groups ?? {}, focus);
    if (understood === undefined) continue;
    if (understood === 'help' || known === undefined) return understood;
    if (isMeant(understood, plain, known, focus, tools)) return asItIsCalled(understood, known);
  }
  if (known === undefined) return undefined;
  return freely(withListedNames(plain, focus), known, focus) ?? generally(plain, focus, tools, known);
}

const saysDocs = /\b(?:docs|documentation|guides?|doku|dokumentation|anleitung\w*)\b/i;

/** How something is done, or what it is, where that is about no run or pipeline of one's own: the guides may answer it. */
function generally(
  plain: string,
  focus: Focus,
  tools: readonly Tool[],
  known: Known,
): Understood | undefined {
  if (partsOf(plain, known).named.some(({ kind }) => kind === 'run' || kind === 'pipeline')) return undefined;
  for (const { pattern, read } of grammarOf(tools)) {
    const match = pattern.exec(plain);
    const understood = match === null ? undefined : read(match.groups ?? {}, focus);
    if (typeof understood === 'object' && understood.tool === 'mlops_search_docs') return understood;
  }
  return undefined;
}

/** Whether a sentence of the grammar means what it says: what it names exists, and a run that changes is named or spoken of. */
function isMeant(
  understood: Understood,
  plain: string,
  known: Known,
  focus: Focus,
  tools: readonly Tool[],
): boolean {
  // Nearly any words are such a question: what the person has comes first.
  if (understood.tool === 'mlops_search_docs' && !saysDocs.test(plain)) return false;
  // Elsewhere people call their runs experiments.
  if (understood.tool === 'mlops_list_experiments' && known.keeps !== true) return false;
  const isWrite = tools.some(({ name, effect }) => name === understood.tool && effect !== 'read');
  if (isWrite && own(understood.input, 'run') === 'last' && !saysLast.test(plain)) return false;
  return namesWhatExists(understood, known, focus, isWrite) && areSaidAsValues(understood, plain);
}

const saysLast = /\b(?:last|latest|newest|recent)\b/i;

/** A sentence that is not in the grammar: an order in which every word has its place, or a question by what it speaks of. */
function freely(plain: string, known: Known, focus: Focus): Understood | undefined {
  const parts = partsOf(plain, known);
  const order = readOrder(parts, known, focus);
  if (order !== undefined) return order;
  return isHeldBack(parts) ? undefined : readQuestion(parts, known, focus);
}
