import type { ConnectionInfo } from '../../core/domain/connection.ts';
import type { RunRef } from '../../core/domain/run.ts';
import { plain } from '../../core/text/markdown.ts';
import type { ListChange } from '../batchChanges.ts';
import { type Failure, failureOf } from '../failure.ts';
import type { Target } from '../target.ts';
import type { FilteredFolder } from '../treeRequest.ts';
import { failureBranch, noteBranch } from './listing.ts';
import { type Branch, type Branches, rootId, type Row, type RowSource, runRowId } from './row.ts';

/** The rows of one connection, updated with its changes. */
export interface LiveSource extends RowSource {
  change(change: ListChange): Promise<void>;
  /** Shows only the rows below a bucket or prefix whose names contain a text; all for "". */
  filter?(folder: Pick<FilteredFolder, 'bucket' | 'prefix'>, text: string): Promise<void>;
}

/** A connection in a tree. */
export interface ShownConnection {
  readonly info: ConnectionInfo;
  /** What its menu offers: for a server of the person or of the workspace, another place, or one that waits to be allowed. */
  readonly menu?: 'server' | 'server.theirs' | 'place' | 'waits' | undefined;
  /** Another object once the connection has been opened anew, with another sign-in for example. */
  readonly opened?: object;
  /** Opens its rows; called at first use. */
  readonly open: () => Promise<LiveSource>;
}

interface Opened {
  readonly of: object | undefined;
  readonly source: LiveSource | undefined;
  readonly failure: Failure | undefined;
}

const separator = '/';

/**
 * The rows of all connections: directly for one, below a row for each of several, the first of them open.
 * Rows and their targets name their connection, so that equal run ids of two connections are two rows.
 */
export class ConnectionsSource implements RowSource {
  readonly #shown: () => readonly ShownConnection[];
  readonly #opened = new Map<string, Promise<Opened>>();
  readonly #known = new Map<string, Opened>();

  /** `shown` are the current connections, the active one first. */
  constructor(shown: () => readonly ShownConnection[]) {
    this.#shown = shown;
  }

  branches(now: number): Branches {
    const shown = this.#shown();
    const [only, another] = shown;
    if (only !== undefined && another === undefined) return this.#branchesOf(only, now);
    return shown.map((connection, index) => {
      const children = this.#branchesOf(connection, now);
      const empty = inConnection(connection.info, noteBranch(rootId, 'Nothing here yet.'));
      return {
        row: connectionRow(connection, index === 0),
        children: children?.length === 0 ? [empty] : children,
      };
    });
  }

  note(): string | undefined {
    const [first] = this.#shown();
    return first === undefined ? undefined : this.#known.get(first.info.id)?.source?.note?.();
  }

  async load(id: string): Promise<void> {
    if (id !== rootId) return this.#with(id, (source, own) => source.load(own));
    const [only, another] = this.#shown();
    if (only === undefined || another !== undefined) return;
    await (await this.#open(only)).source?.load(rootId);
  }

  async refresh(): Promise<void> {
    const shown = this.#shown();
    for (const [id, { failure, of }] of this.#known)
      if (failure !== undefined || !shown.some(({ info, opened }) => info.id === id && opened === of)) {
        this.#known.delete(id);
        this.#opened.delete(id);
      }
    const sources = [...this.#known.values()].flatMap(({ source }) => source ?? []);
    await Promise.all(sources.map((source) => source.refresh()));
    await this.load(rootId);
  }

  async showMore(id: string): Promise<void> {
    await this.#with(id, (source, own) => source.showMore(own));
  }

  /** Reads what a change names, where the connection was opened. */
  async change(connection: string, change: ListChange): Promise<void> {
    await (await this.#opened.get(connection))?.source?.change(change);
  }

  /** Reads the objects of a connection again, where they were opened. */
  async objectsChanged(connection: string): Promise<void> {
    const source = (await this.#opened.get(connection))?.source;
    if (source?.filter !== undefined) await source.refresh();
  }

  /** Shows only the rows below a bucket or prefix whose names contain a text. */
  async filter({ connection, ...folder }: FilteredFolder, text: string): Promise<void> {
    await (await this.#opened.get(connection))?.source?.filter?.(folder, text);
  }

  #branchesOf({ info }: ShownConnection, now: number): Branches {
    const opened = this.#known.get(info.id);
    if (opened?.failure !== undefined) return [inConnection(info, failureBranch(rootId, opened.failure))];
    return opened?.source?.branches(now)?.map((branch) => inConnection(info, branch));
  }

  async #with(id: string, act: (source: LiveSource, own: string) => Promise<void>): Promise<void> {
    const end = id.indexOf(separator);
    const shown = this.#shown().find(({ info }) => info.id === id.slice(0, end));
    const opened = shown && (await this.#open(shown));
    if (opened?.source !== undefined) await act(opened.source, id.slice(end + 1));
  }

  #open({ info, open, opened: of }: ShownConnection): Promise<Opened> {
    const known = this.#opened.get(info.id);
    if (known !== undefined) return known;
    const opening = open().then(
      (source): Opened => ({ of, source, failure: undefined }),
      (error: unknown): Opened => ({ of, source: undefined, failure: failureOf(error) }),
    );
    this.#opened.set(info.id, opening);
    void opening.then((opened) => this.#known.set(info.id, opened));
    return opening;
  }
}

/** The id of a run's row. */
export function rowIdOfRun({ connection, id }: RunRef): string {
  return rowIdIn(connection, runRowId(id));
}

const rowIdIn = (connection: string, id: string) => `${connection}${separator}${id}`;

const icons: { readonly [kind in ConnectionInfo['kind']]: string } = {
  thisMachine: 'server-process',
  folder: 'file-directory',
  kubeflow: 'server-environment',
  s3: 'cloud',
};

function connectionRow({ info, menu }: ShownConnection, active: boolean): Row {
  const { id, kind, name, readOnly } = info;
  const words = [
    active ? 'active' : '',
    readOnly ? 'read-only' : '',
    menu === 'waits' ? 'not allowed yet' : '',
  ];
  const description = words.filter(Boolean).join(', ');
  return {
    id: rowIdIn(id, rootId),
    label: name,
    ...(description === '' ? {} : { description }),
    icon: { id: icons[kind] },
    tooltip: plain(name),
    spoken: ['connection', name, description].filter(Boolean).join(', '),
    context: menu === undefined ? 'connection' : `connection.${menu}`,
    expand: active ? 'open' : 'closed',
    target: { connection: id },
  };
}

function inConnection(info: ConnectionInfo, { row, children }: Branch): Branch {
  const { click, target } = row;
  return {
    row: {
      ...row,
      id: rowIdIn(info.id, row.id),
      ...(target === undefined ? {} : { target: targetIn(info, target) }),
      ...(click?.target === undefined ? {} : { click: { ...click, target: targetIn(info, click.target) } }),
    },
    children: children?.map((child) => inConnection(info, child)),
  };
}

function targetIn({ id }: ConnectionInfo, target: Target): Target {
  const { more } = target;
  return { ...target, connection: id, ...(more === undefined ? {} : { more: rowIdIn(id, more) }) };
}
