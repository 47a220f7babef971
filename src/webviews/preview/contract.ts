import type { PlotData } from '../../core/storage/preview/plotColumn.ts';
import type { Preview } from '../../core/storage/preview/preview.ts';

/** A preview as the page shows it: the bytes of a picture are the address of data. */
export interface ShownPreview {
  readonly preview: Preview;
  /** The connection, where there are several. */
  readonly place?: string;
  readonly picture?: string;
}

/** A line, and what it says in words (Markdown without markup of its own). */
export interface ShownPlot {
  readonly plot: PlotData;
  /** "falls from 0.9 to 0.1". */
  readonly trend: string;
}

/** What went wrong, and what to do. */
export interface Failure {
  readonly message: string;
  readonly hint: string;
}

/** From the extension to the page. */
export type ToPreview =
  | { readonly type: 'preview'; readonly shown: ShownPreview }
  | { readonly type: 'failure'; readonly failure: Failure }
  | { readonly type: 'plot'; readonly shown: ShownPlot }
  | { readonly type: 'noPlot'; readonly failure: Failure };

/** From the page to the extension. */
export type FromPreview =
  | { readonly type: 'ready' }
  | { readonly type: 'open' | 'openInBrowser' }
  | { readonly type: 'draw'; readonly y?: string | undefined; readonly x?: string | undefined };
