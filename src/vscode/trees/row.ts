import type { Target } from '../target.ts';

/** A codicon, with the theme's colour for it. */
export interface RowIcon {
  readonly id: string;
  readonly color?: string;
}

/** The command of a click on a row, on the row's own target unless it names another. */
export interface RowClick {
  readonly command: string;
  readonly title: string;
  readonly target?: Target;
}

/** One row of a tree. Rows are compared by content: one that differs is drawn again. */
export interface Row {
  /** Stable: the same thing has the same id in every read. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: RowIcon;
  /** Markdown. */
  readonly tooltip?: string;
  /** The text for screen readers. It does not tick, or it would be read again each second. */
  readonly spoken: string;
  /** For `viewItem` in the manifest's menus. */
  readonly context?: string;
  readonly expand: 'never' | 'closed' | 'open';
  readonly click?: RowClick;
  readonly target?: Target;
  /** True while its time ticks. */
  readonly live?: boolean;
  /** True for a row that the view reveals once, when it appears. */
  readonly revealOnce?: boolean;
}

/** A row with the rows below it; `children` are undefined until they are read. */
export interface Branch {
  readonly row: Row;
  readonly children?: readonly Branch[] | undefined;
}

/** The top rows of a tree; undefined until they are read. */
export type Branches = readonly Branch[] | undefined;

/** The id of the invisible row above all others. */
export const rootId = '';

/** The id of a run's row. */
export const runRowId = (run: string): string => `run:${run}`;

/** The source of a tree's rows. Nothing here throws: a failure becomes a row. */
export interface RowSource {
  /** Reads what is below a row, once. */
  load(id: string): Promise<void>;
  /** Reads everything again. */
  refresh(): Promise<void>;
  /** Reads the next page below a row. */
  showMore(id: string): Promise<void>;
  /** All rows read so far, in their present state. */
  branches(now: number): Branches;
  /** A line above the rows, if there is something to say. */
  note?(): string | undefined;
}
