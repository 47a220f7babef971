import * as vscode from 'vscode';
import type { ConnectionChange } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import type { ConnectionsSource } from './connectionsSource.ts';
import { type Branches, type Row, rootId } from './row.ts';
import { RevealRequests } from './revealRequests.ts';
import { changedIds, type Snapshot, snapshotOf } from './snapshot.ts';
import { toTreeItem, type TreeNode } from './treeItem.ts';

const tickMs = 1000;
/** Redrawing a row closes its tooltip, so times do not tick while one is open. */
const readingMs = 6000;

/**
 * Shows the rows of a source. The source is opened when the editor first asks, only changed rows are drawn again,
 * and nothing is read or drawn while the view is hidden.
 */
export class RowTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #id: string;
  readonly #services: Services;
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #open: (changed: () => void) => Promise<ConnectionsSource>;
  readonly #fired = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly #nodes = new Map<string, TreeNode>();
  readonly #reveals = new RevealRequests();
  #source: Promise<ConnectionsSource> | undefined;
  #openFailure: Branches;
  #shown: Snapshot = new Map();
  #message: string | undefined;
  #note: string | undefined;
  #stale = false;
  #readUntil = 0;
  #ticking: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#fired.event;

  /** Registers the view `id`. The context key `<id>.empty` is true when there are no rows. */
  constructor(
    id: string,
    services: Services,
    open: (changed: () => void) => Promise<ConnectionsSource>,
    dragAndDropController?: vscode.TreeDragAndDropController<TreeNode>,
  ) {
    this.#id = id;
    this.#services = services;
    this.#open = open;
    this.#view = vscode.window.createTreeView(id, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
      ...(dragAndDropController === undefined ? {} : { dragAndDropController }),
    });
    this.#view.onDidChangeVisibility(() => this.#visibilityChanged());
    services.session.shownViews.set(this, this.#view.visible);
  }

  /** The line above the rows; undefined removes it. */
  say(message: string | undefined): void {
    this.#message = message;
    this.#showMessage();
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const row = this.#shown.get(node.id)?.row;
    return row === undefined ? new vscode.TreeItem('') : toTreeItem(row);
  }

  /** Called by the editor for the tooltip of the row under the pointer. */
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const tooltip = this.#shown.get(node.id)?.row?.tooltip;
    if (tooltip !== undefined) item.tooltip = new vscode.MarkdownString(tooltip);
    this.#readUntil = this.#services.clock.now() + readingMs;
    return item;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    const id = node?.id ?? rootId;
    const source = await this.#opened();
    await source?.load(id);
    await this.#draw();
    return (this.#shown.get(id)?.children ?? []).map((child) => this.#node(child));
  }

  getParent(node: TreeNode): TreeNode | undefined {
    const parent = this.#shown.get(node.id)?.parent;
    return parent === undefined || parent === rootId ? undefined : this.#node(parent);
  }

  /** Reads everything again. */
  async refresh(): Promise<void> {
    const failed = this.#openFailure !== undefined;
    const source = await this.#opened();
    if (failed) this.#fired.fire(undefined);
    else if (this.#source !== undefined) await source?.refresh();
  }

  /** Reads the next page under a row of this tree. */
  async showMore(id: string): Promise<void> {
    if (this.#shown.has(id)) await (await this.#opened())?.showMore(id);
  }

  /** Selects and reveals a row as soon as it exists and the view is visible. */
  async select(id: string): Promise<void> {
    this.#reveals.request(id);
    if (this.#source !== undefined && this.#view.visible) await this.#draw();
  }

  /** Reads what a change names, now or when the view is visible again. */
  async change({ connection, change }: ConnectionChange): Promise<void> {
    // Compiling changes no row: the list is read from the files.
    if (change.kind === 'compiled') return;
    if (this.#source === undefined) return;
    if (!this.#view.visible) this.#stale = true;
    else await (await this.#source).change(connection.info.id, change);
  }

  /** Acts on the rows, where they were opened; what a hidden view shows is read when it is visible again. */
  async act(on: (source: ConnectionsSource) => Promise<void>): Promise<void> {
    if (this.#source === undefined) return;
    if (this.#view.visible) await on(await this.#source);
    else this.#stale = true;
  }

  dispose(): void {
    this.#tick(false);
    this.#services.session.shownViews.set(this, false);
    this.#fired.dispose();
    this.#view.dispose();
  }

  /** The source, or undefined when it could not be opened; then a row says why, and the next call tries again. */
  async #opened(): Promise<ConnectionsSource | undefined> {
    try {
      this.#source ??= this.#open(() => void this.#draw());
      const source = await this.#source;
      this.#openFailure = undefined;
      return source;
    } catch (error) {
      const [{ failureBranch }, { failureOf }] = await Promise.all([
        import('./listing.ts'),
        import('../failure.ts'),
      ]);
      this.#source = undefined;
      this.#openFailure = [failureBranch(rootId, failureOf(error))];
      return undefined;
    }
  }

  /** Compares the rows with those shown last and has the editor draw the changed ones. */
  async #draw(): Promise<void> {
    const source = this.#openFailure === undefined ? await this.#source : undefined;
    const branches = source === undefined ? this.#openFailure : source.branches(this.#services.clock.now());
    const before = this.#shown;
    this.#note = source?.note?.();
    this.#shown = snapshotOf(branches);
    for (const id of this.#nodes.keys()) if (!this.#shown.has(id)) this.#nodes.delete(id);
    const changed = changedIds(before, this.#shown);
    if (changed.includes(rootId)) this.#fired.fire(undefined);
    else if (changed.length > 0) this.#fired.fire(changed.map((id) => this.#node(id)));
    this.#afterDrawing(before);
  }

  #afterDrawing(before: Snapshot): void {
    const empty = this.#shown.get(rootId)?.children?.length === 0;
    const wasEmpty = before.get(rootId)?.children?.length === 0;
    if (empty !== wasEmpty) void vscode.commands.executeCommand('setContext', `${this.#id}.empty`, empty);
    this.#showMessage();
    const rows = [...this.#shown.values()].flatMap(({ row }) => row ?? []);
    this.#tick(this.#view.visible && rows.some((row) => row.live === true));
    this.#reveal(rows);
  }

  /** Revealing would open a hidden view, so it waits until the view is visible. */
  #reveal(rows: readonly Row[]): void {
    const next = this.#view.visible ? this.#reveals.next(rows) : undefined;
    if (next === undefined) return;
    const options = { select: next.select, focus: false, expand: true };
    this.#view.reveal(this.#node(next.id), options).then(undefined, (error: unknown) => {
      this.#services.log.warn(`${next.id} could not be shown: ${String(error)}`);
    });
  }

  #visibilityChanged(): void {
    this.#services.session.shownViews.set(this, this.#view.visible);
    if (!this.#view.visible) {
      this.#tick(false);
      return;
    }
    const stale = this.#stale;
    this.#stale = false;
    void (stale ? this.refresh() : this.#draw());
  }

  #tick(on: boolean): void {
    if (on === (this.#ticking !== undefined)) return;
    clearInterval(this.#ticking);
    this.#ticking = on ? setInterval(() => this.#onTick(), tickMs) : undefined;
  }

  /** The editor shows no welcome text together with a message, so an empty view has no message. */
  #showMessage(): void {
    const rows = this.#shown.get(rootId)?.children?.length ?? 0;
    const message = rows === 0 ? '' : (this.#message ?? this.#note ?? '');
    if ((this.#view.message ?? '') !== message) this.#view.message = message;
  }

  #onTick(): void {
    if (this.#services.clock.now() >= this.#readUntil) void this.#draw();
  }

  #node(id: string): TreeNode {
    const known = this.#nodes.get(id);
    if (known !== undefined) return known;
    const node = { id, target: this.#shown.get(id)?.row?.target };
    this.#nodes.set(id, node);
    return node;
  }
}
