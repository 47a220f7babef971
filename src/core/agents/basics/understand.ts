import { own } from '../../domain/own.ts';
import type { Focus } from '../focus.ts';
import { rules, type Understood } from './rules.ts';

/**
 * Turns a plain sentence into a tool call, or `help`; undefined when the grammar does not have it. `places` are the names of
 * the connections where there are several: a sentence may end in one ("list runs on Team home").
 */
export function understand(
  sentence: string,
  focus: Focus,
  places: readonly string[] = [],
): Understood | 'help' | undefined {
  const { text, place } = placeIn(tidy(sentence), places);
  const understood = understandPlain(text, focus);
  if (typeof understood !== 'object') return understood;
  const connection = place ?? (isAboutFocus(understood, focus) ? focus.connection : undefined);
  return connection === undefined
    ? understood
    : { ...understood, input: { ...understood.input, connection } };
}

/** A sentence without the place at its end. */
function placeIn(
  text: string,
  places: readonly string[],
): { readonly text: string; readonly place?: string } {
  const lower = text.toLowerCase();
  for (const place of places.toSorted((a, b) => b.length - a.length))
    for (const word of ['on', 'in', 'at', 'from']) {
      const end = ` ${word} ${place.toLowerCase()}`;
      if (lower.endsWith(end)) return { text: text.slice(0, -end.length).trim(), place };
    }
  return { text };
}

/** True when what a call names was taken from the focus: it is where the focus is. */
function isAboutFocus({ input }: Understood, focus: Focus): boolean {
  const known = [focus.run, focus.against, focus.pipeline].filter((one) => one !== undefined);
  const named = [own(input, 'run'), own(input, 'again'), own(input, 'pipeline')];
  if (typeof input['bucket'] === 'string' && focus.bucket !== undefined)
    return focus.bucket.startsWith(`${input['bucket']}/`);
  return named.some((one) => known.some((name) => name === one));
}

function understandPlain(plain: string, focus: Focus): Understood | 'help' | undefined {
  for (const { pattern, make } of rules) {
    const match = pattern.exec(plain);
    if (match === null) continue;
    const understood = make(match.groups ?? {}, focus);
    if (understood !== undefined) return understood;
  }
  return undefined;
}

const polite =
  /^(?:please|hey|hi|ok|okay|now|then|so|@mlops|can you|could you|would you|will you|i want to|i'd like to|let us|let's)\b[,:]?\s+/i;
/** What is said at the end out of courtesy; a word that is set, as in "day=now", is a value. */
const tail =
  /(?:\s*,\s*|(?<!=)\s+)(?:please|thanks|thank you|now|for me|and (?:then )?(?:tell|show|let) me (?:how|what|the|know)\b.*)$/i;
const punctuation = /(?<![=!?]|=\s)[?!]+$|(?<=[^.\s=])\.$/;

/** Takes courtesy and punctuation away, so that the rules see the order alone. */
function tidy(sentence: string): string {
  let text = sentence.trim().replace(/\s+/g, ' ');
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(polite, '').replace(punctuation, '').replace(tail, '').trim();
  }
  return text;
}
