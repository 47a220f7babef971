import * as vscode from 'vscode';
import { once } from '../once.ts';
import type { ConfiguredConnection } from './configured.ts';
import type { OpenConnection } from './openConnection.ts';

/** A folder whose subfolders are buckets: objects only. */
export function folderConnection({ info, folder }: ConfiguredConnection): OpenConnection {
  const store = once(async () => {
    const { createLocalFolder } = await import('../../adapters/localFolder/localFolder.ts');
    return createLocalFolder({ root: folder });
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
