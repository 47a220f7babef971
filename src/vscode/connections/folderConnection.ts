import * as vscode from 'vscode';
import { once } from '../once.ts';
import type { ConfiguredConnection } from './configured.ts';
import type { OpenConnection } from './openConnection.ts';

/** A folder whose subfolders are buckets: objects only. */
export function folderConnection({ info, folder }: ConfiguredConnection): OpenConnection {
  const store = once(async () => {
    const [{ createLocalFolder }, { guardedStore }] = await Promise.all([
      import('../../adapters/localFolder/localFolder.ts'),
      import('../../core/connections/guardedStore.ts'),
    ]);
    return guardedStore(info, createLocalFolder({ root: folder, writable: true }));
  });
  const noChanges: vscode.Event<never> = () => new vscode.Disposable(() => undefined);
  return {
    info,
    store,
    onDidChange: noChanges,
    inUse: new Promise(() => undefined),
    mayHaveActiveRuns: async () => false,
  };
}
