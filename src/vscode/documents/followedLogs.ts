import * as vscode from 'vscode';
import type { LinesInSight } from '../../core/logs/followedEnd.ts';
import { connectionOf, runsOf } from '../../core/connections/findConnection.ts';
import type { RunRef } from '../../core/domain/run.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import type { ConnectionChange, OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { scheme } from '../uris.ts';
import { FollowedLog } from './followedLog.ts';
import { LogStateView } from './logState.ts';

/** How long the window may take to show a log before it is asked again, in milliseconds. */
const patienceMs = 2000;

/** How many lines above the end are shown with it when the editor is scrolled to the end. */
const linesInSight = 15;

/** A task's log. */
interface TaskLog {
  readonly run: RunRef;
  readonly task: string;
}

/** The logs that are open in editors of this window. */
export class FollowedLogs {
  readonly #services: Services;
  readonly #changed: vscode.EventEmitter<vscode.Uri>;
  readonly #open: Map<string, FollowedLog>;
  readonly #state = new LogStateView((uri) => this.#logAt(uri));
  #shown: ReadonlySet<string> = new Set();

  constructor(services: Services, changed: vscode.EventEmitter<vscode.Uri>) {
    this.#services = services;
    this.#open = services.session.followedLogs;
    this.#changed = changed;
  }

  /** Listens to the editors. */
  begin(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#state,
      vscode.window.onDidChangeActiveTextEditor(() => this.#state.refresh()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#look()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#scrolled(textEditor)),
      vscode.window.onDidChangeTextEditorSelection((event) => this.#selected(event)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#close(uri)),
      new vscode.Disposable(() => this.#open.forEach((log) => log.close())),
    );
  }

  /** The text of a log's document; follows the log from the first call on. */
  async text(uri: vscode.Uri, { run, task }: TaskLog): Promise<string> {
    const key = uri.toString();
    const backend = await runsOf(connectionOf<OpenConnection>(this.#services.connections, run.connection));
    const log = this.#open.get(key) ?? this.#follow(uri, backend, { run, task });
    this.#open.set(key, log);
    return log.text();
  }

  change({ connection, change }: ConnectionChange): void {
    if (change.kind !== 'runs') return;
    for (const log of this.#open.values()) {
      const here = log.run.connection === connection.info.id;
      if (here && (change.runs === undefined || change.runs.includes(log.run.id))) log.runChanged();
    }
  }

  #follow(uri: vscode.Uri, backend: PipelineBackend, { run, task }: TaskLog): FollowedLog {
    return new FollowedLog(run, task, {
      backend,
      clock: this.#services.clock,
      visible: () => editorsOf(uri).length > 0,
      show: (changed) => this.#show(uri, changed),
      onState: () => this.#state.refresh(),
      watching: (watched) => this.#services.session.watchedRuns.watch(watched),
    });
  }

  #logAt(uri: vscode.Uri): FollowedLog | undefined {
    return this.#open.get(uri.toString());
  }

  #close(uri: vscode.Uri): void {
    this.#logAt(uri)?.close();
    this.#open.delete(uri.toString());
  }

  /** Follows the logs that are visible, and pauses the others. */
  #look(): void {
    const editors = vscode.window.visibleTextEditors;
    const shown = new Set(editors.map(({ document }) => document.uri.toString()));
    for (const [key, log] of this.#open) {
      if (shown.has(key) && !this.#shown.has(key)) log.appeared();
      else log.wake();
    }
    this.#shown = shown;
  }

  #scrolled(editor: vscode.TextEditor): void {
    const { uri } = editor.document;
    if (uri.scheme === scheme) this.#logAt(uri)?.scrolled(sightOf(editor));
  }

  #selected({ textEditor, kind, selections }: vscode.TextEditorSelectionChangeEvent): void {
    const { document } = textEditor;
    const [selection] = selections;
    if (document.uri.scheme !== scheme || selection === undefined) return;
    // The editor gives no kind when the text moved under the cursor, or when its search selected a match.
    if (kind === undefined && selection.isEmpty) return;
    this.#logAt(document.uri)?.cursorAt(selection.active.line, document.lineCount);
  }

  /** Reveals the end of a log; when it has changed, once the window has the new text. */
  async #show(uri: vscode.Uri, changed: boolean): Promise<void> {
    if (changed) await this.#renew(uri);
    const log = this.#logAt(uri);
    for (const editor of editorsOf(uri)) {
      log?.renewed(sightOf(editor));
      if (log?.state !== 'paused') showEnd(editor);
    }
  }

  async #renew(uri: vscode.Uri): Promise<void> {
    const arrived = Promise.withResolvers<void>();
    const listening = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() === uri.toString()) arrived.resolve();
    });
    this.#changed.fire(uri);
    await Promise.race([arrived.promise, this.#services.clock.delay(patienceMs)]);
    listening.dispose();
  }
}

function editorsOf(uri: vscode.Uri): readonly vscode.TextEditor[] {
  const key = uri.toString();
  return vscode.window.visibleTextEditors.filter(({ document }) => document.uri.toString() === key);
}

function sightOf({ document, visibleRanges }: vscode.TextEditor): LinesInSight {
  const { lineCount: lines, version } = document;
  const [first, last] = [visibleRanges[0]?.start.line ?? 0, visibleRanges.at(-1)?.end.line ?? 0];
  return { first, last, lines, version };
}

function showEnd(editor: vscode.TextEditor): void {
  const { document } = editor;
  const end = document.lineAt(document.lineCount - 1).range.end;
  if (!editor.selection.active.isEqual(end)) editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(Math.max(0, end.line - linesInSight), 0, end.line, end.character));
}
