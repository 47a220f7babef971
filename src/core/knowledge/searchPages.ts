import type { DocumentPage, Passage } from './passage.ts';
import { passagesOf } from './passagesOf.ts';
import { type Fields, WordIndex } from './wordIndex.ts';
import { type Term, termsOf, wordsOf } from './words.ts';

/** What was found. */
export interface Found {
  /** The best first. */
  readonly passages: readonly Passage[];
  /** How well the pages fit the question, from 0 to 1. */
  readonly confidence: number;
  /** True where the pages probably do not answer the question. */
  readonly doubtful: boolean;
}

/** Below these the pages rarely answer: for a question alone, and for one with rephrasings. Measured by `npm run bench:retrieval`. */
const doubt = { alone: 0.2, rephrased: 0.27 } as const;

/** What scores less than this share of the best passage is left out. */
const leastShare = 0.5;

/** Pages that can be searched. */
export interface PageIndex {
  readonly pages: number;
  readonly passages: readonly Passage[];
  /** The passages that fit best, at most `most`. `queries`: the question, and how else one may put it; their scores are added. */
  search(queries: readonly string[], most: number): Found;
}

/** Makes an index of pages. */
export function indexPages(pages: readonly DocumentPage[]): PageIndex {
  return new WordPages(pages.map(passagesOf));
}

class WordPages implements PageIndex {
  readonly pages: number;
  readonly passages: readonly Passage[];
  readonly #pageOf: Uint32Array;
  readonly #words: WordIndex;
  readonly #pageWords: WordIndex;

  constructor(pages: readonly (readonly Passage[])[]) {
    this.pages = pages.length;
    this.passages = pages.flat();
    this.#pageOf = Uint32Array.from(pages.flatMap((passages, page) => passages.map(() => page)));
    this.#words = new WordIndex(this.passages.map(fieldsOf));
    this.#pageWords = new WordIndex(pages.map(fieldsOfPage));
  }

  search(queries: readonly string[], most: number): Found {
    const asked = queries.map(termsOf).filter((terms) => terms.length > 0);
    const total = new Float32Array(this.passages.length);
    let sure = 0;
    for (const terms of asked) {
      const scores = this.#words.scores(terms);
      for (const [index, score] of scores.entries()) total[index] = (total[index] ?? 0) + score;
      sure += this.#fit(terms, scores) / asked.length;
    }
    return {
      passages: best(total, most).flatMap((index) => this.passages[index] ?? []),
      confidence: sure,
      doubtful: sure < (asked.length > 1 ? doubt.rephrased : doubt.alone),
    };
  }

  /** How well the best passage fits a query, alone and with its page, against one that was about nothing else. */
  #fit(terms: readonly Term[], scores: Float32Array): number {
    const ofPages = this.#pageWords.scores(terms);
    const [ideal, idealPage] = [this.#words.best(terms), this.#pageWords.best(terms)];
    let most = 0;
    for (const [index, score] of scores.entries()) {
      const page = ofPages.at(this.#pageOf.at(index) ?? 0) ?? 0;
      most = Math.max(most, (score / ideal + page / idealPage) / 2);
    }
    return most;
  }
}

function best(scores: Float32Array, most: number): readonly number[] {
  const sorted = [...scores.keys()].toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, most);
  const least = (scores.at(sorted[0] ?? 0) ?? 0) * leastShare;
  return sorted.filter((index) => (scores[index] ?? 0) > 0 && (scores[index] ?? 0) >= least);
}

function fieldsOf({ path, title, headings, sections, markdown }: Passage): Fields {
  const own = headings.filter((heading) => heading !== title);
  return {
    title: wordsOf(title),
    headings: wordsOf([...own, ...sections.slice(1)].join(' ')),
    path: wordsOf(path),
    body: wordsOf(markdown),
  };
}

function fieldsOfPage(passages: readonly Passage[]): Fields {
  const [first] = passages;
  return {
    title: wordsOf(first?.title ?? ''),
    headings: wordsOf(passages.flatMap(({ sections }) => sections).join(' ')),
    path: wordsOf(first?.path ?? ''),
    body: wordsOf(passages.map(({ markdown }) => markdown).join('\n')),
  };
}
