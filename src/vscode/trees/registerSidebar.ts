import * as vscode from 'vscode';
import { thisMachine } from '../../core/domain/connection.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import type { ShownConnection } from './connectionsSource.ts';
import { storageDragAndDrop } from './dragAndDrop.ts';
import { RowTree } from './rowTree.ts';
import type { TreeRequest } from '../treeRequest.ts';

const restricted = 'Restricted Mode: everything is shown, nothing can be run, stopped or deleted.';

/** Registers the views Pipelines and Storage. Their sources are loaded when one of them is first visible. */
export function registerSidebar(context: vscode.ExtensionContext, services: Services): void {
  const { connections, clock } = services;
  const pipelines = new RowTree('mlops.pipelines', services, async (changed) => {
    const [{ ConnectionsSource }, { PipelinesSource }, { KeptSource }] = await Promise.all([
      import('./connectionsSource.ts'),
      import('./pipelinesSource.ts'),
      import('./keptSource.ts'),
    ]);
    return new ConnectionsSource(() =>
      connections.all.flatMap((connection) => {
        const { backend } = connection;
        if (backend === undefined) return [];
        const open = async () => {
          const opened = await backend();
          const rows = new PipelinesSource(opened, clock.now(), changed);
          return opened.library === undefined ? rows : new KeptSource(rows, opened, changed);
        };
        return [{ ...shownConnection(connection), open }];
      }),
    );
  });
  const storage = new RowTree(
    'mlops.storage',
    services,
    async (changed) => {
      const [{ ConnectionsSource }, { StorageSource }] = await Promise.all([
        import('./connectionsSource.ts'),
        import('./storageSource.ts'),
      ]);
      return new ConnectionsSource(() =>
        connections.all.flatMap((connection) => {
          const { store } = connection;
          if (store === undefined) return [];
          const open = async () => new StorageSource(await store(), clock, changed, connection.info.readOnly);
          return [{ ...shownConnection(connection), open }];
        }),
      );
    },
    storageDragAndDrop(services),
  );
  const trees = [pipelines, storage];
  const each = (act: (tree: RowTree) => Promise<void>) => {
    for (const tree of trees)
      act(tree).catch((error: unknown) => services.log.error(`The sidebar: ${String(error)}`));
  };
  if (!vscode.workspace.isTrusted) pipelines.say(restricted);
  context.subscriptions.push(
    ...trees,
    connections.onDidChangeRuns((change) => each((tree) => tree.change(change))),
    { dispose: connections.onDidChange(() => each((tree) => tree.refresh())) },
    services.session.treeRequests.event((request) => each((tree) => answer(tree, request))),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      pipelines.say(undefined);
      each((tree) => tree.refresh());
    }),
  );
}

/** A connection as its row shows it. */
function shownConnection(connection: OpenConnection): Omit<ShownConnection, 'open'> {
  const { info, cluster, waits = false } = connection;
  return { info, menu: menuOf(info, cluster, waits), opened: connection };
}

function menuOf(
  { id }: OpenConnection['info'],
  cluster: OpenConnection['cluster'],
  waits: boolean,
): ShownConnection['menu'] {
  if (waits) return 'waits';
  if (cluster !== undefined) return cluster.fromWorkspace === true ? 'server.theirs' : 'server';
  return id === thisMachine ? undefined : 'place';
}

async function answer(tree: RowTree, request: TreeRequest): Promise<void> {
  switch (request.kind) {
    case 'refresh':
      return tree.refresh();
    case 'objects':
      return tree.act((source) => source.objectsChanged(request.connection));
    case 'filter':
      return tree.act((source) => source.filter(request.folder, request.text));
    case 'more':
      return tree.showMore(request.id);
    case 'select':
      return tree.select((await import('./connectionsSource.ts')).rowIdOfRun(request.run));
  }
}
