import { render } from 'lit';
import { app } from './app.ts';
import type { FromPanel, ToPanel } from './contract.ts';
import { type ViewContext, type Model, nothingYet, received } from './store.ts';

interface Kept {
  /** Where the runs are. */
  readonly connection: string;
  /** The runs that the panel shows: with them it is opened again after a reload of the window. */
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
};

function keep(): void {
  api.setState({ connection, runs, open: [...model.open] });
}

/** However many messages come between two frames, one drawing follows. */
function draw(): void {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    more = false;
    if (root !== null) render(app(model, view), root);
    tick();
    if (!more) return;
    rows += rowsAtOnce;
    draw();
  });
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
// Pictures made of pixels take their colours when they are drawn.
new MutationObserver(() => {
  document.dispatchEvent(new CustomEvent('theme'));
}).observe(document.body, { attributeFilter: ['class'] });

keep();
draw();
view.send({ type: 'ready' });
