import type { Passage } from '../knowledge/passage.ts';
import type { Found } from '../knowledge/searchPages.ts';

/** A passage of a guide, and its file on this machine. */
export interface GuidePassage extends Passage {
  /** Absolute. */
  readonly file: string;
}

/** What was found in the guides. */
export interface FoundInGuides extends Omit<Found, 'passages'> {
  readonly passages: readonly GuidePassage[];
  /** How many pages were searched. */
  readonly pages: number;
}

/** The guides that ship with the extension. */
export interface Guides {
  /**
   * The passages that fit best, at most `most` (1 to 20). `queries`: the question, and how else one may put it. Throws MlopsError
   * internal where the guides cannot be read.
   */
  search(queries: readonly string[], most: number, signal: AbortSignal): Promise<FoundInGuides>;
}
