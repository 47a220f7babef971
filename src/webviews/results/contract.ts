import type { Chart } from '../../core/results/classification.ts';
import type { Comparison } from '../../core/results/comparison.ts';
import type { RunResults } from '../../core/results/runResults.ts';

/** The whole content of the panel: each message replaces the previous one. Times are milliseconds since 1970. */
export type PanelState =
  | ({ readonly kind: 'run'; readonly now: number; readonly results: RunResults } & Offered)
  | { readonly kind: 'comparison'; readonly now: number; readonly comparison: Comparison }
  | { readonly kind: 'failure'; readonly message: string; readonly hint: string };

/** What can be done with a run. */
export interface Offered {
  /** True where it may be run again, stopped and deleted. */
  readonly mayChange: boolean;
  /** True where it has a folder on this machine. */
  readonly hasFolder: boolean;
}

/** A chart of a run; a comparison draws the curves of several. */
export interface RunChart {
  /** What people call the run. */
  readonly run: string;
  readonly chart: Chart;
}

/** A report's text, or why it is not shown here. */
export type ReportText =
  | { readonly kind: 'html' | 'markdown'; readonly text: string }
  | { readonly kind: 'unshown'; readonly message: string };

/** Names an object of the store. */
export interface ObjectRef {
  readonly bucket: string;
  readonly key: string;
}

/** From the extension to the panel. Charts are large and change rarely, so they are sent separately. */
export type ToPanel =
  | { readonly type: 'state'; readonly state: PanelState }
  | { readonly type: 'charts'; readonly charts: readonly RunChart[] }
  | { readonly type: 'report'; readonly object: ObjectRef; readonly report: ReportText };

/** The actions of the panel's buttons, on the panel's own run unless another is named. */
export type PanelAction =
  | 'runAgain'
  | 'runAgainWith'
  | 'runWithoutCache'
  | 'stop'
  | 'delete'
  | 'compareWith'
  | 'copyMarkdown'
  | 'ask'
  | 'openFolder'
  | 'goToLine'
  | 'openLog'
  | 'openRun'
  | 'openPipeline';

/** From the panel to the extension. */
export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'action'; readonly action: PanelAction; readonly run?: string; readonly task?: string }
  | { readonly type: 'readReport' | 'openObject' | 'openInBrowser'; readonly object: ObjectRef }
  | { readonly type: 'openMatrix'; readonly chart: number };
