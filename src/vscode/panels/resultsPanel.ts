import { sentences } from '../../core/text/sentences.ts';
import * as vscode from 'vscode';
import { isActive, type Run, type RunId } from '../../core/domain/run.ts';
import type { BackendChange } from '../../core/ports/pipelineBackend.ts';
import type { PanelState, RunChart, ToPanel } from '../../webviews/results/contract.ts';
import type { WatchedRuns } from '../notifications/watchedRuns.ts';
import { coalesced } from '../coalesce.ts';
import { failureOf } from '../failure.ts';
import { fromPanel } from './fromPanel.ts';
import { handleMessage, type PanelEffects } from './handleMessage.ts';
import { type PanelContent, readPanel, type ReadDeps } from './readResults.ts';

/** Least time between two drawings of an active run, in milliseconds. */
const restMs = 250;

/** What a panel is given besides its page. */
export interface ResultsPanelDeps extends ReadDeps {
  readonly effects: PanelEffects;
  readonly watchedRuns: WatchedRuns;
  readonly onDidChange: vscode.Event<BackendChange>;
  readonly warn: (text: string) => void;
}

/** One results panel: reads its runs while it is visible, sends what changed, and does what its buttons ask for. */
export class ResultsPanel {
  readonly runs: readonly RunId[];
  readonly #panel: vscode.WebviewPanel;
  readonly #deps: ResultsPanelDeps;
  readonly #subscriptions: vscode.Disposable[];
  readonly #refresh: () => Promise<void>;
  #content: PanelContent | undefined;
  #sentCharts = '';
  #stale = false;
  #disposed = false;
  #watch: { readonly end: (ended: boolean) => void } | undefined;

  constructor(panel: vscode.WebviewPanel, runs: readonly RunId[], deps: ResultsPanelDeps) {
    this.runs = runs;
    this.#panel = panel;
    this.#deps = deps;
    this.#refresh = coalesced(() => this.#read());
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((given: unknown) => void this.#received(given)),
      panel.onDidChangeViewState(() => this.#visibilityChanged()),
      deps.onDidChange((change) => this.#changed(change)),
    ];
    panel.onDidDispose(() => this.#dispose());
  }

  /** Brings the panel to the front. */
  reveal(): void {
    this.#panel.reveal();
  }

  #dispose(): void {
    this.#disposed = true;
    this.#unwatch(false);
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  async #received(given: unknown): Promise<void> {
    const message = fromPanel(given);
    if (message === undefined)
      return this.#deps.warn('The results panel sent something that it never sends.');
    if (message.type !== 'ready') {
      await this.#act(message);
      return;
    }
    // The page is new, also after the panel was hidden: send everything.
    this.#sentCharts = '';
    if (this.#content !== undefined) this.#send(this.#content);
    this.#refreshSoon();
  }

  /** Handles a message of the page and tells the person what failed. */
  async #act(message: Parameters<typeof handleMessage>[0]): Promise<void> {
    const { runs } = this;
    const post = (toPanel: ToPanel) => this.#post(toPanel);
    try {
      await handleMessage(message, { ...this.#deps, runs, content: this.#content, post });
    } catch (error) {
      const { message: text, hint } = failureOf(error);
      this.#deps.effects.tell(sentences(text, hint));
    }
  }

  #changed(change: BackendChange): void {
    if (change.kind !== 'runs') return;
    const ours = change.runs === undefined || change.runs.some((run) => this.runs.includes(run));
    if (!ours) return;
    if (this.#panel.visible) this.#refreshSoon();
    else this.#stale = true;
  }

  #visibilityChanged(): void {
    if (!this.#panel.visible) this.#unwatch(false);
    else if (this.#stale) this.#refreshSoon();
    else this.#followEnd(this.#content?.runs[0]);
  }

  #refreshSoon(): void {
    this.#stale = false;
    this.#refresh().catch((error: unknown) => this.#deps.warn(`The results panel: ${String(error)}`));
  }

  async #read(): Promise<void> {
    const content = await readPanel(this.runs, this.#deps);
    // The editor throws when a closed panel is used.
    if (this.#disposed) return;
    this.#content = content;
    this.#followEnd(content.runs[0]);
    this.#send(content);
    await this.#deps.clock.delay(restMs);
  }

  /** A person who watches an active run here needs no notification of its end. */
  #followEnd(run: Run | undefined): void {
    if (run === undefined || this.runs.length > 1) return;
    if (!isActive(run.state)) return this.#unwatch(true);
    if (this.#watch !== undefined || !this.#panel.visible) return;
    const watched = this.#deps.watchedRuns.watch(run);
    this.#watch = { end: (ended) => watched.dispose(ended) };
  }

  #unwatch(ended: boolean): void {
    this.#watch?.end(ended);
    this.#watch = undefined;
  }

  #send({ state, charts }: PanelContent): void {
    this.#panel.title = titleOf(this.runs, state);
    this.#post({ type: 'state', state });
    const text = JSON.stringify(charts);
    if (text === this.#sentCharts) return;
    this.#sentCharts = text;
    this.#post({ type: 'charts', charts: charts satisfies readonly RunChart[] });
  }

  #post(message: ToPanel): void {
    if (this.#disposed) return;
    void this.#panel.webview.postMessage(message);
  }
}

/** "iris-3 ✓": the tab shows how the run ended. */
function titleOf(runs: readonly RunId[], state: PanelState): string {
  if (state.kind === 'run')
    return [state.results.label, marks[state.results.state]].filter(Boolean).join(' ');
  const labels = state.kind === 'comparison' ? state.comparison.runs.map(({ label }) => label) : runs;
  if (runs.length > 2) return `${runs.length} runs`;
  return labels.length === 0 ? 'Results' : labels.join(' · ');
}

const marks: Readonly<Record<string, string>> = { succeeded: '✓', failed: '✗', running: '…', preparing: '…' };
