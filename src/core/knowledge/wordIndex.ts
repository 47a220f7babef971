import type { Term } from './words.ts';

/** The words of one document, by field. */
export interface Fields {
  readonly title: readonly string[];
  readonly headings: readonly string[];
  readonly path: readonly string[];
  readonly body: readonly string[];
}

const fieldNames = ['title', 'headings', 'path', 'body'] as const;
/** How much a field counts, and how much its length is evened out. Measured on the documentation of Kubeflow and KServe. */
const weights = { title: 3, headings: 3, path: 1, body: 1 } as const;
const evening = { title: 0.3, headings: 0.3, path: 0.3, body: 0.75 } as const;
const saturation = 1.2;

interface Postings {
  readonly documents: Uint32Array;
  /** From 0 to 1: how much each document is about the word. */
  readonly shares: Float32Array;
  readonly rarity: number;
}

/**
 * Finds documents by their words. The score is BM25F as Robertson and Zaragoza give it (The Probabilistic Relevance Framework, 2009,
 * section 3.6): the counts of a word in the fields are added with their weights before they are saturated.
 */
export class WordIndex {
  readonly size: number;
  readonly #postings: ReadonlyMap<string, Postings>;
  readonly #rarest: number;

  constructor(documents: readonly Fields[]) {
    this.size = documents.length;
    const averages = averageLengths(documents);
    const found = new Map<string, { readonly documents: number[]; readonly shares: number[] }>();
    for (const [document, fields] of documents.entries())
      for (const [word, count] of countsIn(fields, averages)) {
        const of = found.get(word) ?? { documents: [], shares: [] };
        of.documents.push(document);
        of.shares.push(count / (saturation + count));
        found.set(word, of);
      }
    this.#postings = new Map(
      [...found].map(([word, of]) => [
        word,
        {
          documents: Uint32Array.from(of.documents),
          shares: Float32Array.from(of.shares),
          rarity: rarity(of.documents.length, this.size),
        },
      ]),
    );
    this.#rarest = rarity(1, this.size);
  }

  /** The score of each document for these terms, in the order of the documents. */
  scores(terms: readonly Term[]): Float32Array {
    const scores = new Float32Array(this.size);
    for (const { word, weight } of terms) {
      const postings = this.#postings.get(word);
      if (postings === undefined) continue;
      const { documents, shares, rarity: rare } = postings;
      for (let index = 0; index < documents.length; index += 1) {
        const document = documents[index] ?? 0;
        scores[document] = (scores[document] ?? 0) + weight * rare * (shares[index] ?? 0);
      }
    }
    return scores;
  }

  /** The score of a document that was about all of the terms and nothing else. Words that are nowhere count as the rarest. */
  best(terms: readonly Term[]): number {
    return terms.reduce(
      (sum, { word, weight }) => sum + weight * (this.#postings.get(word)?.rarity ?? this.#rarest),
      0,
    );
  }
}

function rarity(documents: number, all: number): number {
  return Math.log(1 + (all - documents + 0.5) / (documents + 0.5));
}

type Lengths = { readonly [Name in (typeof fieldNames)[number]]: number };

function averageLengths(documents: readonly Fields[]): Lengths {
  const average = (field: (typeof fieldNames)[number]) =>
    documents.reduce((sum, fields) => sum + fields[field].length, 0) / Math.max(1, documents.length) || 1;
  return {
    title: average('title'),
    headings: average('headings'),
    path: average('path'),
    body: average('body'),
  };
}

/** The words of a document with their counts over all fields. */
function countsIn(fields: Fields, averages: Lengths): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const field of fieldNames) {
    const words = fields[field];
    const b = evening[field];
    const share = weights[field] / (1 - b + (b * words.length) / averages[field]);
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + share);
  }
  return counts;
}
