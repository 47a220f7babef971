import type { JsonObject } from '../../domain/json.ts';
import type { Word } from './readWords.ts';

/** How a run is to be made, beside its values: the input's other fields, and the words without it. */
export interface HowToRun {
  readonly how: JsonObject;
  readonly rest: readonly Word[];
}

type Reads = (text: string, words: readonly Word[]) => JsonObject | undefined;

const says =
  (pattern: RegExp, how: JsonObject): Reads =>
  (text) =>
    pattern.test(text) ? how : undefined;

const ways: readonly Reads[] = [
  says(/^(?:and )?(?:without|with no|no|ohne) (?:using )?(?:the |any |den )?(?:cache|caching)$/, {
    cache: false,
  }),
  says(/^uncached$/, { cache: false }),
  says(/^(?:and (?:then )?wait(?: for (?:it|the (?:end|result)))?|und warte)$/, { wait: 120 }),
  says(
    /^(?:with|using|mit) (?:the |its |den )?(?:default|standard) (?:values|settings|parameters|options|werten|parametern)$/,
    {},
  ),
  says(/^(?:with|using|mit) (?:the |its )?defaults$/, {}),
  (text, words) =>
    /^(?:and )?(?:named|called|(?:call|name) it|namens) \S+$/.test(text) || /^with the name \S+$/.test(text)
      ? { name: words.at(-1)?.raw ?? '' }
      : undefined,
];

/** Takes out of an order's words how it is to run: without the cache, with waiting, with a name. */
export function howToRun(words: readonly Word[]): HowToRun {
  for (let from = 0; from < words.length; from += 1)
    for (let to = words.length; to > from; to -= 1) {
      const part = words.slice(from, to);
      // What is quoted is one word, whatever it has in it.
      const text = part.map((word) => word.text.replace(/\s/g, '_')).join(' ');
      const how = ways.reduce<JsonObject | undefined>((found, way) => found ?? way(text, part), undefined);
      if (how === undefined) continue;
      const next = howToRun([...words.slice(0, from), ...words.slice(to)]);
      return { how: { ...how, ...next.how }, rest: next.rest };
    }
  return { how: {}, rest: words };
}
