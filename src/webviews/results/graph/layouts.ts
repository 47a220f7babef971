import type { Layout, LayoutState } from './layoutTypes.ts';
import type { ShownGraph } from './shownNodes.ts';

/** After this time a graph counts as too large to draw, in milliseconds. */
const longest = 15_000;

/** Lays graphs out in a worker, one at a time, each shape once. */
export class Layouts {
  readonly #onChange: () => void;
  #source: Promise<string> | undefined;
  #wanted = '';
  #worker: Worker | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;
  #last: { readonly shape: string; readonly layout: Layout | 'none' } | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The layout of a graph, or the last one while it is worked out; calls back once it is known. */
  of({ shape, boxes }: ShownGraph): { readonly layout: LayoutState; readonly current: boolean } {
    const current = this.#last?.shape === shape;
    if (!current && this.#wanted !== shape) {
      this.#wanted = shape;
      void this.#work(shape, boxes);
    }
    return { layout: this.#last?.layout, current };
  }

  async #work(shape: string, boxes: ShownGraph['boxes']): Promise<void> {
    this.#stop();
    this.#source ??= import('worker:./layoutWorker.ts').then(({ source }) => source);
    const code = new Blob([await this.#source], { type: 'text/javascript' });
    if (this.#wanted !== shape) return;
    const address = URL.createObjectURL(code);
    const worker = new Worker(address);
    this.#worker = worker;
    this.#late = setTimeout(() => this.#done(shape, 'none'), longest);
    worker.addEventListener('message', ({ data }: MessageEvent<Layout>) => this.#done(shape, data));
    worker.addEventListener('error', () => this.#done(shape, 'none'));
    worker.postMessage(boxes);
    // The worker has its code by the time that it answers.
    worker.addEventListener('message', () => URL.revokeObjectURL(address));
  }

  #done(shape: string, layout: Layout | 'none'): void {
    this.#stop();
    this.#last = { shape, layout };
    this.#onChange();
  }

  #stop(): void {
    clearTimeout(this.#late);
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
