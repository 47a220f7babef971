/** Whether a log that grows is followed, and what an editor showed of it when that was decided. */
export interface Following {
  readonly following: boolean;
  /** The first line in sight, and the version of the document that it was counted in. */
  readonly first: number;
  readonly version: number;
}

/** What an editor shows now: lines count from 0, `last` is the last one in sight, `lines` how many there are. */
export interface LinesInSight {
  readonly first: number;
  readonly last: number;
  readonly lines: number;
  readonly version: number;
}

/** At the beginning the end is followed. */
export const followingAtFirst: Following = { following: true, first: 0, version: -1 };

/**
 * A person scrolled, or the text moved under them: scrolling up pauses, scrolling down to the end resumes. Only what
 * moved while the document stayed the same is taken for a person's doing.
 */
export function scrolled(before: Following, { first, last, lines, version }: LinesInSight): Following {
  const now = { following: before.following, first, version };
  if (version !== before.version) return now;
  const atEnd = last >= lines - 1;
  if (first < before.first && !atEnd) return { ...now, following: false };
  if (first > before.first && atEnd) return { ...now, following: true };
  return now;
}

/** The document has a new text: what is in sight now is where a person's scrolling begins. */
export function renewed({ following }: Following, { first, version }: LinesInSight): Following {
  return { following, first, version };
}

/** A person put the cursor on a line: the last one resumes, any other pauses. */
export function cursorAt(before: Following, line: number, lines: number): Following {
  return { ...before, following: line >= lines - 1 };
}
