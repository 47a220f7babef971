import * as vscode from 'vscode';
import type { BackendChange, PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { coalesced } from '../coalesce.ts';
import { deadline } from '../deadline.ts';
import { diagnosticsOf } from './diagnostics.ts';
import type { OwnSaves } from './ownSaves.ts';
import { type KnownCode, PipelineCode } from './pipelineCode.ts';
import { Problems } from './problems.ts';
import { mayRead } from './readBeside.ts';
import { editorFiles } from './sourceFiles.ts';

/** A connection whose runs the files show. */
export interface Followed {
  readonly connection: OpenConnection;
  readonly backend: PipelineBackend;
}

/** Follows the pipelines in people's files until it is disposed of, and shows their problems as diagnostics. */
export class OpenCode implements vscode.Disposable {
  readonly #services: Services;
  readonly #backend: PipelineBackend;
  readonly #saves: OwnSaves;
  readonly #problems = new Problems();
  readonly #code: PipelineCode;
  readonly #collection = vscode.languages.createDiagnosticCollection('mlops');
  readonly #drawn = new Map<string, string>();
  readonly #draw = coalesced(() => this.#drawAll());
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(
    services: Services,
    { connection, backend }: Followed,
    saves: OwnSaves,
    changed: (known: KnownCode) => void,
  ) {
    this.#saves = saves;
    this.#services = services;
    this.#backend = backend;
    this.#code = new PipelineCode(backend, editorFiles, (known) => {
      this.#problems.know(known);
      this.#tell(this.#draw());
      changed(known);
    });
    this.#subscriptions = [
      this.#collection,
      connection.onDidChange((change) => this.#changed(change)),
      // Another Python may then read the files.
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#tell(this.#code.change({ kind: 'pipelines' }))),
      vscode.workspace.onDidChangeTextDocument((change) => this.#edited(change)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#tell(this.#saved(uri))),
    ];
    this.#tell(this.#code.change({ kind: 'pipelines' }));
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #tell(work: Promise<void>): void {
    work.catch((error: unknown) => this.#services.log.warn(`The pipelines in the code: ${String(error)}`));
  }

  #changed(change: BackendChange): void {
    if (change.kind !== 'compiled') this.#tell(this.#code.change(change));
    else if (this.#problems.compiled(change)) this.#tell(this.#draw());
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const lines = contentChanges.map(({ range }) => range.start.line + 1);
    if (document.uri.scheme !== 'file' || lines.length === 0) return;
    if (this.#problems.edited(document.uri.fsPath, Math.min(...lines))) this.#tell(this.#draw());
  }

  /**
   * Reads a pipeline with a compile error again when its file, or one that it may read, is saved. It is
   * compiled where the saved content is approved; otherwise its error is unknown.
   */
  async #saved({ scheme, fsPath }: vscode.Uri): Promise<void> {
    if (scheme !== 'file' || !vscode.workspace.isTrusted) return;
    await this.#saves.handled;
    for (const [pipeline, { file }] of this.#problems.uncompiled) {
      if (!mayRead(file, fsPath)) continue;
      // How it went arrives as a change of the connection, so the answer itself is not needed.
      this.#backend.getPipeline(pipeline, deadline()).catch(() => undefined);
    }
  }

  async #drawAll(): Promise<void> {
    const byFile = Map.groupBy(this.#problems.all(), ({ file }) => file);
    for (const file of this.#drawn.keys()) if (!byFile.has(file)) this.#set(file, undefined);
    for (const [file, problems] of byFile)
      this.#set(file, diagnosticsOf(problems, await editorFiles.text(file)));
  }

  /** Sets only changed diagnostics, since the editor draws all marks of a file again each time. */
  #set(file: string, diagnostics: vscode.Diagnostic[] | undefined): void {
    const shape = JSON.stringify(diagnostics);
    if (this.#drawn.get(file) === shape) return;
    if (diagnostics === undefined) this.#drawn.delete(file);
    else this.#drawn.set(file, shape);
    this.#collection.set(vscode.Uri.file(file), diagnostics);
  }
}
