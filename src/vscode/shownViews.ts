import * as vscode from 'vscode';
import { scheme } from './uris.ts';

/** Which views, panels and documents of ours can be seen at the moment: where there are none, nobody waits for news. */
export class ShownViews {
  readonly #shown = new Set<object>();
  readonly #changed = new vscode.EventEmitter<void>();

  readonly onDidChange = this.#changed.event;

  get any(): boolean {
    return (
      this.#shown.size > 0 ||
      vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === scheme)
    );
  }

  /** Notes whether a view or panel can be seen. */
  set(view: object, visible: boolean): void {
    if (visible === this.#shown.has(view)) return;
    if (visible) this.#shown.add(view);
    else this.#shown.delete(view);
    this.#changed.fire();
  }
}
