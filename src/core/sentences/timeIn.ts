import { timeSpan } from './timeSpan.ts';

/** The words of a time in a sentence: which they are, and what they say as a list takes it. */
export interface SaidTime {
  /** The first word, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly since?: string;
  readonly until?: string;
}

const longest = 4;
const german: readonly (readonly [RegExp, string])[] = [
  [/\bgestern\b/, 'yesterday'],
  [/\bheute\b/, 'today'],
  [/\bletzte[rnms]?\b|\bvergangene[rnms]?\b/, 'last'],
  [/\bdiese[rnms]?\b/, 'this'],
  [/\bwochen?\b/, 'week'],
  [/\bmonate?[ns]?\b/, 'month'],
  [/\bjahre?[ns]?\b/, 'year'],
  [/\btage?n?\b/, 'days'],
  [/\bjanuar\b/, 'january'],
  [/\bfebruar\b/, 'february'],
  [/\bmaerz\b/, 'march'],
  [/\bmai\b/, 'may'],
  [/\bjuni\b/, 'june'],
  [/\bjuli\b/, 'july'],
  [/\boktober\b/, 'october'],
  [/\bdezember\b/, 'december'],
];

/** The time that words in small letters name, English or German: "since april", "in the past month", "letzte Woche". */
export function timeIn(words: readonly string[]): SaidTime | undefined {
  for (let length = longest; length > 0; length -= 1)
    for (let from = 0; from + length <= words.length; from += 1) {
      const phrase = inEnglish(words.slice(from, from + length).join(' '));
      const isWhole = /^(?:since|until|from|in|on|before|after|the) /.test(phrase);
      if (!isWhole && timeSpan(phrase, 0) !== undefined)
        return { from: from - leading(words, from), to: from + length, ...bounds(words, from, phrase) };
    }
  return undefined;
}

const inEnglish = (phrase: string) =>
  german.reduce((text, [pattern, word]) => text.replace(pattern, word), phrase);

const article = /^(?:the|der|dem|den|die)$/;
const later = /^(?:since|after|from|seit|ab)$/;
const earlier = /^(?:until|till|before|bis|vor)$/;
const within = /^(?:in|on|during|within|im|am|in)$/;

/** How many words before a time belong to it. */
function leading(words: readonly string[], at: number): number {
  const articles = article.test(words[at - 1] ?? '') ? 1 : 0;
  const before = words[at - 1 - articles] ?? '';
  return articles + ([later, earlier, within].some((pattern) => pattern.test(before)) ? 1 : 0);
}

/** "April" is all of April; what goes on until now has no end. */
function bounds(words: readonly string[], at: number, phrase: string): Pick<SaidTime, 'since' | 'until'> {
  const before = words[at - 1 - (article.test(words[at - 1] ?? '') ? 1 : 0)] ?? '';
  if (/^(?:since|after|seit|ab)$/.test(before)) return { since: phrase };
  if (earlier.test(before)) return { until: phrase };
  return /^(?:past|this|today)\b|^last \d/.test(phrase)
    ? { since: phrase }
    : { since: phrase, until: phrase };
}
