import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as vscode from 'vscode';
import { aRun, aTask, runRef } from '../../../test/fakes/aRun.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import type { RunId } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import type { BackendChange } from '../../core/ports/pipelineBackend.ts';
import type { ToPanel } from '../../webviews/results/contract.ts';
import { WatchedRuns } from '../notifications/watchedRuns.ts';
import { KnownGraphs } from './knownGraphs.ts';
import { ResultsPanel } from './resultsPanel.ts';

/** The editor's side of a panel, as far as ours uses it. */
class FakePanel {
  #title = '';
  #visible = true;
  #closed = false;
  readonly posted: ToPanel[] = [];
  readonly #received = new vscode.EventEmitter<unknown>();
  readonly #viewState = new vscode.EventEmitter<void>();
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly onDidChangeViewState = this.#viewState.event;
  readonly onDidDispose = this.#disposed.event;
  readonly webview = {
    onDidReceiveMessage: this.#received.event,
    postMessage: (message: ToPanel) => {
      this.#mustBeOpen();
      this.posted.push(message);
      return Promise.resolve(true);
    },
  };
  say = (message: unknown) => this.#received.fire(message);
  get title(): string {
    return this.#title;
  }
  set title(title: string) {
    this.#mustBeOpen();
    this.#title = title;
  }
  get visible(): boolean {
    this.#mustBeOpen();
    return this.#visible;
  }
  show(visible: boolean): void {
    this.#visible = visible;
    this.#viewState.fire();
  }
  close(): void {
    this.#closed = true;
    this.#disposed.fire();
  }
  #mustBeOpen(): void {
    if (this.#closed) throw new Error('Webview is disposed');
  }
  states = () => this.posted.filter((message) => message.type === 'state').map(({ state }) => state);
}

describe('the results panel', () => {
  let backend: FakePipelineBackend;
  let clock: FakeClock;
  let panel: FakePanel;
  let run: RunId;
  let watchedRuns: WatchedRuns;
  const commands: [string, object][] = [];
  const warnings: string[] = [];
  const copied: string[] = [];
  const failures: string[] = [];

  const open = (runs: readonly RunId[]) => openWith(runs, new MemoryObjectStore());
  const openWithoutObjects = (runs: readonly RunId[]) => openWith(runs, undefined);
  function openWith(runs: readonly RunId[], store: ObjectStore | undefined): ResultsPanel {
    const changes = new vscode.EventEmitter<BackendChange>();
    backend.watch((change) => changes.fire(change));
    return new ResultsPanel(panel as unknown as vscode.WebviewPanel, runs, {
      backend,
      store,
      clock,
      mayChange: () => true,
      fingerprints: new Map(),
      taskGraphs: new KnownGraphs(),
      watchedRuns,
      onDidChange: changes.event,
      warn: (text) => warnings.push(text),
      effects: {
        command: (id, target) => commands.push([id, target]),
        copy: (text) => copied.push(text),
        openText: () => undefined,
        openInBrowser: () =>
          Promise.reject(new MlopsError('unsupported', 'There is no browser.', { hint: 'Open it as text.' })),
        tell: (failure) => failures.push(failure),
      },
    });
  }
  const last = () => panel.states().at(-1);
  const shownState = () => {
    const state = last();
    return state?.kind === 'run' ? state.results.state : state?.kind;
  };

  beforeEach(() => {
    clock = new FakeClock();
    backend = new FakePipelineBackend(clock);
    panel = new FakePanel();
    watchedRuns = new WatchedRuns();
    run = backend.addRun(aRun({ state: 'running', tasks: [aTask()] }));
    commands.length = 0;
    warnings.length = 0;
    copied.length = 0;
    failures.length = 0;
  });

  it('shows the run when its page is ready, and again after a change', async () => {
    open([run]);
    expect(panel.posted).toEqual([]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(shownState()).toBe('running'));
    expect(panel.title).toBe(`${run} …`);
    backend.change(run, { state: 'succeeded' });
    await clock.advance(250);
    await vi.waitFor(() => expect(shownState()).toBe('succeeded'));
    expect(panel.title).toBe(`${run} ✓`);
  });

  it('compares runs of a connection without objects', async () => {
    const other = backend.addRun(aRun({ id: 'iris-2' as RunId }));
    openWithoutObjects([run, other]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(shownState()).toBe('comparison'));
  });

  it('reads nothing while it is hidden, and updates when it is shown again', async () => {
    open([run]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(shownState()).toBe('running'));
    await clock.advance(250);
    panel.show(false);
    backend.change(run, { state: 'failed' });
    await clock.advance(1000);
    expect(shownState()).toBe('running');
    panel.show(true);
    await vi.waitFor(() => expect(shownState()).toBe('failed'));
  });

  it('can be closed while it reads', async () => {
    open([run]);
    panel.say({ type: 'ready' });
    panel.close();
    await clock.advance(250);
    expect(panel.posted).toEqual([]);
    expect(warnings).toEqual([]);
    expect(watchedRuns.isWatched(runRef(run))).toBe(false);
  });

  it('shows an error when an action fails', async () => {
    const page = { bucket: 'artifacts', key: 'page' };
    const report = { name: 'page', type: 'HTML', uri: '', metadata: {}, object: page };
    backend.change(run, { tasks: [aTask({ artifacts: [report] })] });
    open([run]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(panel.states()).toHaveLength(1));
    panel.say({ type: 'openInBrowser', object: page });
    await vi.waitFor(() => expect(failures).toEqual(['There is no browser. Open it as text.']));
  });

  it('counts as watching the run only while visible: its end then needs no notification', async () => {
    open([run]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(watchedRuns.isWatched(runRef(run))).toBe(true));
    await clock.advance(250);
    panel.show(false);
    expect(watchedRuns.isWatched(runRef(run))).toBe(false);
    panel.show(true);
    expect(watchedRuns.isWatched(runRef(run))).toBe(true);
    backend.change(run, { state: 'succeeded' });
    await clock.advance(250);
    await vi.waitFor(() => expect(shownState()).toBe('succeeded'));
    panel.close();
    expect(watchedRuns.isWatched(runRef(run))).toBe(true);
  });

  it('sends charts once, until they change or the page is reloaded', async () => {
    open([run]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(panel.states()).toHaveLength(1));
    backend.change(run, { name: 'other' });
    await clock.advance(250);
    await vi.waitFor(() => expect(panel.states()).toHaveLength(2));
    const charts = () => panel.posted.filter(({ type }) => type === 'charts');
    expect(charts()).toHaveLength(1);
    panel.say({ type: 'ready' });
    expect(charts()).toHaveLength(2);
  });

  it('says that a run is gone', async () => {
    open(['iris-999' as RunId]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() =>
      expect(last()).toMatchObject({ kind: 'failure', message: expect.stringContaining('iris-999') }),
    );
  });

  it('compares several runs', async () => {
    const other = backend.addRun(aRun({ id: 'iris-500' }));
    open([run, other]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(shownState()).toBe('comparison'));
    expect(panel.title).toBe(`${run} · ${other}`);
  });

  it('continues a comparison without a deleted run, and says so', async () => {
    const other = backend.addRun(aRun({ id: 'iris-500' }));
    open([run, other, 'iris-999' as RunId]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(shownState()).toBe('comparison'));
    const state = last();
    expect(state?.kind === 'comparison' ? state.comparison : undefined).toMatchObject({
      runs: [{ run }, { run: other }],
      cut: ['iris-999 was deleted.'],
    });
  });

  it('does what its buttons ask for, and nothing else', async () => {
    open([run]);
    panel.say({ type: 'action', action: 'goToLine', task: 'train' });
    panel.say({ type: 'action', action: 'openRun', run: 'iris-7' });
    panel.say({ type: 'action', action: 'workbench.action.quit' });
    expect(commands).toEqual([
      ['mlops.goToFailingLine', { connection: 'this-machine', run, task: 'train' }],
      ['mlops.openRun', { connection: 'this-machine', run: 'iris-7', task: undefined }],
    ]);
    expect(warnings).toHaveLength(1);
  });

  it('copies its content as Markdown', async () => {
    open([run]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(panel.states()).toHaveLength(1));
    panel.say({ type: 'action', action: 'copyMarkdown' });
    await vi.waitFor(() => expect(copied[0]).toContain(`**\`${run}\` is running**`));
  });

  it('copies no secrets', async () => {
    backend.change(run, { parameters: { password: 'hunter2' } });
    open([run]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(panel.states()).toHaveLength(1));
    panel.say({ type: 'action', action: 'copyMarkdown' });
    await vi.waitFor(() => expect(copied[0]).toContain('`password` = `••••`'));
    expect(JSON.stringify([copied, panel.posted])).not.toContain('hunter2');
  });

  it('follows the log of a running task, and opens the log of one that has ended', async () => {
    backend.changeTask(run, { path: 'judge', state: 'running' });
    open([run]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(panel.states()).toHaveLength(1));
    for (const task of ['judge', 'train']) panel.say({ type: 'action', action: 'openLog', task });
    expect(commands.map(([id]) => id)).toEqual(['mlops.followLog', 'mlops.openLog']);
  });

  it('opens only objects that are its own reports', async () => {
    open([run]);
    panel.say({ type: 'ready' });
    await vi.waitFor(() => expect(panel.states()).toHaveLength(1));
    panel.say({ type: 'readReport', object: { bucket: 'artifacts', key: 'secret' } });
    await clock.advance(250);
    expect(panel.posted.filter(({ type }) => type === 'report')).toEqual([]);
  });
});
