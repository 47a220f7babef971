import { render } from 'lit';
import { app } from './app.ts';
import type { FromPanel, ToPanel } from './contract.ts';
import { graphView } from './graph/graphView.ts';
import { type ViewContext, type Model, nothingYet, received } from './store.ts';

interface Kept {
  /** The connection of the runs. */
  readonly connection: string;
  /** The runs in the panel, which are kept to restore it after a reload of the window. */
  readonly runs: readonly string[];
  readonly open?: readonly (readonly [string, boolean])[];
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPanel): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const rowsAtOnce = 25;

const api = acquireVsCodeApi();
const root = document.getElementById('app');
const connection = document.body.dataset['connection'] ?? '';
const runs = (document.body.dataset['runs'] ?? '').split(' ');
let model: Model = nothingYet(new Map(api.getState()?.open));
let asked = false;
/** How many rows of a long list the current frame draws, and whether there are more. */
let rows = rowsAtOnce;
let more = false;
let ticking: ReturnType<typeof setInterval> | undefined;

const view: ViewContext = {
  send: (message) => api.postMessage(message),
  setOpen(key, open) {
    model = { ...model, open: new Map(model.open).set(key, open) };
    keep();
    draw();
  },
  now: () => Date.now() + model.ahead,
  rowsSoFar(items) {
    more ||= items.length > rows;
    return items.slice(0, rows);
  },
  size: () => ({ width: root?.clientWidth ?? 0, height: window.innerHeight }),
  graph: graphView({ later: draw, atOnce: drawNow }),
};

function keep(): void {
  api.setState({ connection, runs, open: [...model.open] });
}

/** Draws once in the next frame, after any number of messages. */
function draw(): void {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    drawNow();
  });
}

function drawNow(): void {
  more = false;
  if (root !== null) render(app(model, view), root);
  tick();
  if (!more) return;
  rows += rowsAtOnce;
  draw();
}

/** While a run is active its times grow between two messages. */
function tick(): void {
  const live = model.state?.kind === 'run' && model.state.results.active;
  if (live) ticking ??= setInterval(draw, 1000);
  else if (ticking !== undefined) {
    clearInterval(ticking);
    ticking = undefined;
  }
}

window.addEventListener('message', (event: MessageEvent<ToPanel>) => {
  model = received(model, event.data, Date.now());
  draw();
});
// Pictures made of pixels have to be drawn again in the new colours.
new MutationObserver(() => {
  document.dispatchEvent(new CustomEvent('theme'));
}).observe(document.body, { attributeFilter: ['class'] });

keep();
draw();
view.send({ type: 'ready' });
