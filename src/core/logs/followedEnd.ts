/** Whether the end of a growing log is followed, and what an editor showed when that was decided. */
export interface Following {
  readonly following: boolean;
  /** The first visible line, and the version of the document at that time. */
  readonly first: number;
  readonly version: number;
}

/** What an editor shows: lines count from 0, `last` is the last visible one, `lines` the number of all. */
export interface LinesInSight {
  readonly first: number;
  readonly last: number;
  readonly lines: number;
  readonly version: number;
}

/** The initial state: the end is followed. */
export const followingAtFirst: Following = { following: true, first: 0, version: -1 };

/**
 * After a scroll event: scrolling up pauses, scrolling down to the end resumes. Only movement in an unchanged
 * document counts as a person's.
 */
export function scrolled(before: Following, { first, last, lines, version }: LinesInSight): Following {
  const now = { following: before.following, first, version };
  if (version !== before.version) return now;
  const atEnd = last >= lines - 1;
  if (first < before.first && !atEnd) return { ...now, following: false };
  if (first > before.first && atEnd) return { ...now, following: true };
  return now;
}

/** After the document's text changed: what is visible now is where a person's scrolling starts. */
export function renewed({ following }: Following, { first, version }: LinesInSight): Following {
  return { following, first, version };
}

/** After a person moved the cursor: the last line resumes, any other pauses. */
export function cursorAt(before: Following, line: number, lines: number): Following {
  return { ...before, following: line >= lines - 1 };
}
