import * as vscode from 'vscode';
import type { Services } from '../services.ts';

/** Tells which files the person saves by hand in this editor: the yes for a folder covers only those changes. */
export class OwnSaves implements vscode.Disposable {
  readonly #services: Services;
  readonly #begun = new Map<string, () => Promise<void>>();
  readonly #subscriptions: vscode.Disposable;
  #handled: Promise<void> = Promise.resolve();

  constructor(services: Services) {
    this.#services = services;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onWillSaveTextDocument((event) => this.#willSave(event)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#didSave(uri.fsPath)),
    );
  }

  /** Resolves when every save so far is handled. */
  get handled(): Promise<void> {
    return this.#handled;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #willSave(event: vscode.TextDocumentWillSaveEvent): void {
    const { document, reason } = event;
    const byHand = reason === vscode.TextDocumentSaveReason.Manual && document.uri.scheme === 'file';
    if (byHand && this.#services.approvals.read() !== undefined)
      event.waitUntil(this.#begin(document.uri.fsPath));
  }

  async #begin(file: string): Promise<void> {
    const { approvals } = await this.#services.connections.active.backend();
    if (approvals !== undefined) this.#begun.set(file, await approvals.saving(file));
  }

  #didSave(file: string): void {
    const finish = this.#begun.get(file);
    this.#begun.delete(file);
    if (finish === undefined) return;
    const warn = (error: unknown) => this.#services.log.warn(`What was saved: ${String(error)}`);
    this.#handled = this.#handled.then(finish).catch(warn);
  }
}
