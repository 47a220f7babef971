import type { Passage } from '../../../src/core/knowledge/passage.ts';
import type { Question } from './questions.ts';

/** What a design finds for queries: the question first, then its rephrasings. */
export interface Design {
  readonly name: string;
  /** Whether it is given the rephrasings. */
  readonly rephrased: boolean;
  readonly search: (queries: readonly string[]) => {
    readonly passages: readonly Passage[];
    /** True where it says that nothing answers; left out by designs that never say so. */
    readonly declined?: boolean;
  };
}

/** Shares from 0 to 1, over the questions that have an answer; but for `flagged`. */
export interface Measures {
  readonly name: string;
  readonly recall1: number;
  readonly recall5: number;
  readonly recall10: number;
  /** Mean of 1 / the rank of the first right section among ten, 0 where none is. */
  readonly mrr: number;
  /** Discounted gain of the right sections among ten, each counted once, against the best order (Järvelin and Kekäläinen, 2002). */
  readonly ndcg10: number;
  /** How many questions that have an answer were declined. */
  readonly declined: number;
  /** The share of the questions without an answer that were declined. */
  readonly flagged: number;
}

const depth = 10;

/** How well a design answers a set of questions. */
export function measure(design: Design, questions: readonly Question[]): Measures {
  const answered = questions.map((question) => {
    const queries = [question.question, ...(design.rephrased ? question.rephrasings : [])];
    const { passages, declined = false } = design.search(queries);
    return { question, ranks: ranksOf(question, passages.slice(0, depth)), declined };
  });
  const answerable = answered.filter(({ question }) => question.answerable);
  const others = answered.filter(({ question }) => !question.answerable);
  const within = (most: number) =>
    mean(answerable.map(({ ranks }) => (ranks.some((rank) => rank <= most) ? 1 : 0)));
  return {
    name: design.name,
    recall1: within(1),
    recall5: within(5),
    recall10: within(10),
    mrr: mean(answerable.map(({ ranks }) => (ranks[0] === undefined ? 0 : 1 / ranks[0]))),
    ndcg10: mean(answerable.map(({ question, ranks }) => gain(ranks) / gain(best(question)))),
    declined: answerable.filter(({ declined }) => declined).length,
    flagged: mean(others.map(({ declined }) => (declined ? 1 : 0))),
  };
}

/** The ranks, from 1, at which right sections come first; each section once. */
function ranksOf({ relevant }: Question, passages: readonly Passage[]): readonly number[] {
  const ranks = relevant.map((section) => passages.findIndex((passage) => holds(passage, section)) + 1);
  return ranks.filter((rank) => rank > 0).toSorted((a, b) => a - b);
}

function holds(passage: Passage, { path, heading }: Question['relevant'][number]): boolean {
  if (passage.path !== path) return false;
  return (
    heading === null || [...passage.headings.slice(-1), ...passage.sections].some((one) => one === heading)
  );
}

const best = ({ relevant }: Question) => relevant.slice(0, depth).map((_, index) => index + 1);
const gain = (ranks: readonly number[]) => ranks.reduce((sum, rank) => sum + 1 / Math.log2(rank + 1), 0);
const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length);
