import { render } from 'lit';
import { app } from './app.ts';
import type { FromPreview, ToPreview } from './contract.ts';
import { nothingYet, received } from './store.ts';

/** The object in the panel, which is kept to restore it after a reload of the window. */
interface Kept {
  readonly connection: string;
  readonly bucket: string;
  readonly key: string;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPreview): void;
  setState(state: Kept): void;
};

const api = acquireVsCodeApi();
const root = document.getElementById('app');
const { connection = '', bucket = '', key = '' } = document.body.dataset;
const send = (message: FromPreview) => api.postMessage(message);
let model = nothingYet;

function draw(): void {
  if (root !== null) render(app(model, send), root);
}

window.addEventListener('message', (event: MessageEvent<ToPreview>) => {
  model = received(model, event.data);
  draw();
});
new MutationObserver(() => {
  document.dispatchEvent(new CustomEvent('theme'));
}).observe(document.body, { attributeFilter: ['class'] });

api.setState({ connection, bucket, key });
draw();
send({ type: 'ready' });
