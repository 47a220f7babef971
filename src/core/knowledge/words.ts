import { stemmer } from 'stemmer';
import { own } from '../domain/own.ts';

/** Words that tell nothing of what a text is about. */
const stopWords = new Set(
  `a an and are as at be been but by can could did do does for from had has have how i if in into is it its just may me my
  no not of on or our so some such than that the their them then there these they this those to too us was we were what when
  where which while who why will with would you your`.split(/\s+/),
);

/** Short forms of this field, and what they stand for. */
const shortForms: { readonly [word: string]: readonly string[] } = {
  k8s: ['kubernetes'],
  pvc: ['persistent', 'volume', 'claim'],
  pv: ['persistent', 'volume'],
  sa: ['service', 'account'],
  ns: ['namespace'],
  oom: ['memory', 'oomkilled'],
  oomkilled: ['memory', 'oom'],
  hparam: ['hyperparameter'],
  hparams: ['hyperparameter'],
  hpo: ['hyperparameter', 'tuning', 'katib'],
  kfp: ['pipelines', 'kubeflow'],
  isvc: ['inferenceservice', 'inference', 'service'],
  ddp: ['distributed', 'pytorch'],
  ci: ['continuous', 'integration'],
  cron: ['schedule', 'recurring'],
  schedule: ['recurring'],
  recurring: ['schedule'],
  url: ['address', 'link'],
  creds: ['credentials'],
  auth: ['authentication', 'sign'],
  login: ['sign', 'authentication'],
  dataset: ['data'],
  ui: ['dashboard'],
  dag: ['graph', 'pipeline'],
  yaml: ['yml'],
};

/** What a short form adds counts so much of what was written. */
const synonymWeight = 0.35;

/** A word as it is searched for, and how much it counts. */
export interface Term {
  readonly word: string;
  readonly weight: number;
}

/**
 * The stems of a text, in order. Identifiers (`set_retry`, `ParallelFor`, `kfp.Client`) count as their parts and joined; stop words
 * are left out.
 */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const [token] of text.matchAll(/[\p{L}\p{N}]+(?:[._-][\p{L}\p{N}]+)*/gu)) {
    const parts = token
      .split(/[._-]|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
      .filter((part) => part !== '');
    for (const part of parts) add(words, part);
    if (parts.length > 1) add(words, parts.join(''));
  }
  return words;
}

function add(words: string[], part: string): void {
  const word = part.toLowerCase();
  if (!stopWords.has(word)) words.push(stemmer(word));
}

/** The terms of a question: each stem once, and what the short forms in it stand for. */
export function termsOf(question: string): readonly Term[] {
  const terms = new Map<string, number>();
  for (const word of wordsOf(question)) terms.set(word, 1);
  for (const [token] of question.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu))
    for (const meant of own(shortForms, token) ?? []) {
      const word = stemmer(meant);
      if (!terms.has(word)) terms.set(word, synonymWeight);
    }
  return [...terms].map(([word, weight]) => ({ word, weight }));
}
