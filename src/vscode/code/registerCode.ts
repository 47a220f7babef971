import * as vscode from 'vscode';
import { variantsOf, isIn } from '../../core/domain/pipelineVariant.ts';
import { mayHoldPipelines } from '../../core/pipelines/mayHoldPipelines.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { OwnSaves } from './ownSaves.ts';
import type { KnownCode } from './pipelineCode.ts';

const minuteMs = 60_000;

/**
 * Registers what people see in their files: the lenses above pipelines, the Run buttons of files, and, once
 * the backend is in use, diagnostics. Until then the text of the editor in front decides.
 */
export function registerCode(context: vscode.ExtensionContext, services: Services): void {
  const lenses = new CodeLenses(services);
  const files = new PipelineFiles();
  const saves = new OwnSaves(services);
  const { connections, log } = services;
  let code: vscode.Disposable | undefined;
  let followed: OpenConnection | undefined;
  /** Shows the runs of the active connection: at first once it is in use, after a change at once. */
  const follow = async () => {
    const connection = connections.active;
    if (connection === followed) return;
    followed = connection;
    const changed = code !== undefined;
    code?.dispose();
    code = undefined;
    lenses.forget();
    if (!changed) await connection.inUse;
    const [{ OpenCode }, backend] = await Promise.all([import('./openCode.ts'), connection.backend()]);
    if (connection !== connections.active || code !== undefined) return;
    const know = (known: KnownCode) => {
      lenses.know(known);
      files.know(known);
    };
    code = new OpenCode(services, { connection, backend }, saves, know);
  };
  const begin = () => {
    follow().catch((error: unknown) => log.warn(`The code: ${String(error)}`));
  };
  begin();
  context.subscriptions.push(
    saves,
    { dispose: connections.onDidChange(begin) },
    { dispose: () => code?.dispose() },
    vscode.languages.registerCodeLensProvider({ language: 'python', scheme: 'file' }, lenses),
    vscode.workspace.onDidGrantWorkspaceTrust(() => lenses.refresh()),
    vscode.window.onDidChangeActiveTextEditor((editor) => files.look(editor?.document)),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (document === vscode.window.activeTextEditor?.document) files.look(document);
    }),
  );
  files.look(vscode.window.activeTextEditor?.document);
}

/** Keeps the context key with the files that have pipelines. */
class PipelineFiles {
  #listed: readonly string[] = [];
  #front: string | undefined;
  #lastFiles = '';

  know({ pipelines }: KnownCode): void {
    const variants = pipelines.flatMap((pipeline) => variantsOf(pipeline));
    this.#listed = variants.flatMap(({ source }) => source?.file ?? []);
    this.#tell();
  }

  look(document: vscode.TextDocument | undefined): void {
    const file = document?.uri.scheme === 'file' ? document.uri.fsPath : undefined;
    this.#front = file !== undefined && mayHoldPipelines(file, document?.getText() ?? '') ? file : undefined;
    this.#tell();
  }

  #tell(): void {
    const files = [...new Set([...this.#listed, ...(this.#front === undefined ? [] : [this.#front])])];
    if (this.#lastFiles === files.join('\n')) return;
    this.#lastFiles = files.join('\n');
    void vscode.commands.executeCommand('setContext', 'mlops.pipelineFiles', files);
  }
}

class CodeLenses implements vscode.CodeLensProvider {
  readonly #services: Services;
  readonly #changed = new vscode.EventEmitter<void>();
  #known: KnownCode | undefined;
  #minute: NodeJS.Timeout | undefined;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Refreshes only when a lens would change, since the editor waits until refreshes pause. */
  know(known: KnownCode): void {
    const before = this.#known;
    this.#known = known;
    if (before === undefined || shownOf(before) !== shownOf(known)) this.refresh();
  }

  /** Drops what is known, which was of another connection. */
  forget(): void {
    if (this.#known === undefined) return;
    this.#known = undefined;
    this.refresh();
  }

  refresh(): void {
    this.#changed.fire();
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { fsPath: file } = document.uri;
    const text = document.getText();
    if (!mayHoldPipelines(file, text) && !this.#isListed(file)) return [];
    const warn = (error: unknown) => this.#services.log.warn(`The lenses: ${String(error)}`);
    if (this.#known === undefined) this.#services.connections.active.backend().catch(warn);
    const { lensesOf } = await import('./lenses.ts');
    const now = this.#services.clock.now();
    const trusted = vscode.workspace.isTrusted;
    this.#refreshInAMinute();
    return lensesOf({ file, text, dirty: document.isDirty }, this.#known, { now, trusted }).map(
      ({ line, title, tooltip, command, argument }) =>
        new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
          title,
          tooltip,
          command,
          arguments: [argument],
        }),
    );
  }

  #isListed(file: string): boolean {
    return this.#known?.pipelines.some((pipeline) => isIn(pipeline, file)) ?? false;
  }

  /** Updates "2 min ago". The editor asks only for visible lenses, so this stops by itself. */
  #refreshInAMinute(): void {
    clearTimeout(this.#minute);
    this.#minute = setTimeout(() => this.refresh(), minuteMs).unref();
  }
}

/** The data of lenses. */
function shownOf({ pipelines, last, failures }: KnownCode): string {
  const runs = [...last.values()].map(({ id, state, counts, endedAt }) => [
    id,
    state,
    counts.succeeded,
    counts.total,
    endedAt,
  ]);
  const lines = [...failures].map(([run, { file, line, changed }]) => [run, file, line, changed]);
  return JSON.stringify([pipelines.map(({ id, source, twin }) => [id, source, twin]), runs, lines]);
}
