import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { RowTree } from './rowTree.ts';
import type { TreeRequest } from '../treeRequest.ts';
import { runRowId } from './row.ts';

const restricted = 'Restricted Mode: everything is shown, nothing can be run, stopped or deleted.';

/** Registers the views Pipelines and Storage. What fills them is loaded when one of them is first seen. */
export function registerSidebar(context: vscode.ExtensionContext, services: Services): void {
  const pipelines = new RowTree('mlops.pipelines', services, async (changed) => {
    const [{ PipelinesSource }, backend] = await Promise.all([
      import('./pipelinesSource.ts'),
      services.backend(),
    ]);
    return new PipelinesSource(backend, services.clock.now(), changed);
  });
  const storage = new RowTree('mlops.storage', services, async (changed) => {
    const [{ StorageSource }, store] = await Promise.all([import('./storageSource.ts'), services.store()]);
    return new StorageSource(store, services.clock, changed);
  });
  const trees = [pipelines, storage];
  const each = (act: (tree: RowTree) => Promise<void>) => {
    for (const tree of trees)
      act(tree).catch((error: unknown) => services.log.error(`The sidebar: ${String(error)}`));
  };
  if (!vscode.workspace.isTrusted) pipelines.say(restricted);
  context.subscriptions.push(
    ...trees,
    services.onDidChange((change) => {
      // Compiling changes no row: what is listed of a pipeline is read from its file.
      if (change.kind !== 'compiled') each((tree) => tree.change(change));
    }),
    services.session.treeRequests.event((request) => each((tree) => answer(tree, request))),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      pipelines.say(undefined);
      each((tree) => tree.refresh());
    }),
  );
}

function answer(tree: RowTree, request: TreeRequest): Promise<void> {
  switch (request.kind) {
    case 'refresh':
      return tree.refresh();
    case 'more':
      return tree.showMore(request.id);
    case 'select':
      return tree.select(runRowId(request.run));
  }
}
