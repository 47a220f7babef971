import * as vscode from 'vscode';
import type { ObjectEntry } from '../../core/domain/storedObject.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { size } from '../../core/text/units.ts';
import { objectOrFolder } from '../../core/storage/objectOrFolder.ts';
import { literal } from '../../core/text/literal.ts';
import { connectionOf, objectsOf } from '../../core/connections/findConnection.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { deadline } from '../deadline.ts';
import { objectUri } from '../uris.ts';
import type { Handler } from './command.ts';
import { targetOf } from './shared/arguments.ts';

const readOnlyCommand = 'workbench.action.files.setActiveEditorReadonlyInSession';

/** Opens an object in the editor for its file extension; in a folder it asks which one. */
export function openObject(services: Services): Handler {
  return async (...args) => {
    const { connection, bucket, key } = targetOf(args);
    if (bucket === undefined || key === undefined) return;
    const place = connectionOf<OpenConnection>(services.connections, connection);
    const store = await objectsOf(place);
    const found = await objectOrFolder(store, { bucket, key }, deadline());
    const chosen = await chooseObject(store, bucket, found);
    if (chosen === undefined) return;
    await store.stat(bucket, chosen, deadline());
    const file = store.localFile?.(bucket, chosen);
    const uri =
      file === undefined
        ? objectUri({ connection: place.info.id, bucket, key: chosen })
        : vscode.Uri.file(file);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
    // Read-only, since a later run may take this very file from the cache.
    if (file !== undefined) await vscode.commands.executeCommand(readOnlyCommand);
  };
}

/** The key itself, or for a prefix the object that the person picks under it. */
async function chooseObject(store: ObjectStore, bucket: string, key: string): Promise<string | undefined> {
  let prefix = key;
  while (prefix === '' || prefix.endsWith('/')) {
    const page = await store.listObjects(bucket, { prefix, size: 200 }, deadline());
    const [only] = page.items;
    if (only === undefined) throw new MlopsError('notFound', `There is nothing under ${bucket}/${prefix}.`);
    const next =
      page.items.length === 1 ? only.key : await pickEntry(`${bucket}/${prefix}`, prefix, page.items);
    if (next === undefined) return undefined;
    prefix = next;
  }
  return prefix;
}

async function pickEntry(
  title: string,
  prefix: string,
  entries: readonly ObjectEntry[],
): Promise<string | undefined> {
  const items = entries.map((entry) => ({
    label: `$(${entry.kind === 'object' ? 'file' : 'folder'}) ${literal(entry.key.slice(prefix.length))}`,
    description: entry.kind === 'object' ? size(entry.size) : '',
    key: entry.key,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.key;
}
