/** A page of documentation, as it was read. */
export interface DocumentPage {
  /** Its path within its source, with `/`: "caching.md". */
  readonly path: string;
  readonly text: string;
}

/** A part of a page that answers can be made of. */
export interface Passage {
  readonly path: string;
  /** The title of its page. */
  readonly title: string;
  /** The headings that lead to it, from the outermost; none before the first heading. */
  readonly headings: readonly string[];
  /** The headings of the sections that are in it: its own, and those of short sections after it. */
  readonly sections: readonly string[];
  /** The line of its heading, from 1. */
  readonly line: number;
  readonly markdown: string;
}
