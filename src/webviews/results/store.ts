import type { LayoutState } from './graph/layoutTypes.ts';
import type { ShownGraph } from './graph/shownNodes.ts';
import type { FromPanel, ObjectRef, PanelState, ReportText, RunChart, ToPanel } from './contract.ts';

/** Everything that the panel draws. */
export interface Model {
  readonly state: PanelState | undefined;
  readonly charts: readonly RunChart[];
  /** Texts of reports by `bucket/key`. */
  readonly reports: ReadonlyMap<string, ReportText>;
  /** What the person opened or closed, by key; a key that is missing has its initial state. */
  readonly open: ReadonlyMap<string, boolean>;
  /** How far the extension's clock is ahead of this one, in milliseconds. */
  readonly ahead: number;
}

/** How sections act on the panel, and what they read besides the model. */
export interface ViewContext {
  readonly send: (message: FromPanel) => void;
  readonly setOpen: (key: string, open: boolean) => void;
  readonly now: () => number;
  /** The first items of a long list, as many as this frame draws; the rest follows in later frames. */
  readonly rowsSoFar: <T>(items: readonly T[]) => readonly T[];
  /** The room for what is drawn, in pixels. */
  readonly size: () => { readonly width: number; readonly height: number };
  readonly graph: GraphView;
}

/** What the graph keeps while the panel is open. */
export interface GraphView {
  /** Where its boxes are; see `Layouts`. */
  readonly layoutOf: (shown: ShownGraph) => { readonly layout: LayoutState; readonly current: boolean };
  /** The path of the node that was focused last. */
  readonly focused: () => string | undefined;
  readonly focus: (path: string) => void;
  /** Undefined until a person chose a size. */
  readonly zoom: () => number | undefined;
  /** Draws at another size, at once. */
  readonly setZoom: (zoom: number) => void;
}

/** The model before the first message. */
export function nothingYet(open: Model['open']): Model {
  return { state: undefined, charts: [], reports: new Map(), open, ahead: 0 };
}

/** The model after a message. `now` is this window's clock. */
export function received(model: Model, message: ToPanel, now: number): Model {
  switch (message.type) {
    case 'state': {
      const { state } = message;
      return { ...model, state, ahead: state.kind === 'failure' ? model.ahead : state.now - now };
    }
    case 'charts':
      return { ...model, charts: message.charts };
    case 'report':
      return { ...model, reports: new Map(model.reports).set(objectKey(message.object), message.report) };
  }
}

export const objectKey = ({ bucket, key }: ObjectRef): string => `${bucket}/${key}`;
