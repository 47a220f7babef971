import type { Target } from '../target.ts';

/** A codicon, with the theme's colour for it. */
export interface RowIcon {
  readonly id: string;
  readonly color?: string;
}

/** What a click on a row does: to the row's own target, where it names no other. */
export interface RowClick {
  readonly command: string;
  readonly title: string;
  readonly target?: Target;
}

/** One row of a tree as people see and hear it. Rows are compared by content: a row that differs is drawn again. */
export interface Row {
  /** Stable: the same thing has the same id however often the tree is read. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: RowIcon;
  /** Markdown. */
  readonly tooltip?: string;
  /** What a screen reader says. It does not tick, or it would be read anew each second. */
  readonly spoken: string;
  /** For `viewItem` in the manifest's menus. */
  readonly context?: string;
  readonly expand: 'never' | 'closed' | 'open';
  readonly click?: RowClick;
  readonly target?: Target;
  /** True while it changes by itself: its time ticks. */
  readonly live?: boolean;
  /** True for a row that the view reveals once, when it appears. */
  readonly revealOnce?: boolean;
}

/** A row with the rows under it; undefined `children` were not read yet. */
export interface Branch {
  readonly row: Row;
  readonly children?: readonly Branch[] | undefined;
}

/** What a tree shows. Undefined: not read yet. */
export type Branches = readonly Branch[] | undefined;

/** The id of the invisible row above all others. */
export const rootId = '';

/** The id of a run's row. */
export const runRowId = (run: string): string => `run:${run}`;

/** Where a tree's rows come from. Nothing here throws: what cannot be read becomes a row that says so. */
export interface RowSource {
  /** Reads what is under a row, unless it was read. */
  load(id: string): Promise<void>;
  /** Reads everything again that was read. */
  refresh(): Promise<void>;
  /** Reads the next page of what is under a row. */
  showMore(id: string): Promise<void>;
  /** Everything read so far, as it looks now. */
  branches(now: number): Branches;
  /** One line to say above the rows, if there is something to say. */
  note?(): string | undefined;
}
