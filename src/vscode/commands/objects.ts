import * as vscode from 'vscode';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { ObjectStat } from '../../core/domain/storedObject.ts';
import { size } from '../../core/text/units.ts';
import { objectOrFolder } from '../../core/storage/objectOrFolder.ts';
import { largeQuestion, opening } from '../../core/storage/openSize.ts';
import { asName } from '../../core/text/literal.ts';
import { connectionOf, objectsOf } from '../../core/connections/findConnection.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { deadline } from '../deadline.ts';
import { objectUri } from '../uris.ts';
import { chooseKey } from '../objects/chooseObject.ts';
import type { Handler } from './command.ts';
import { ask } from '../window/askQuestion.ts';
import { inform } from '../window/messages.ts';
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
    const isFolder = found === '' || found.endsWith('/');
    const wanted = { title: 'Open which object?', what: 'object' } as const;
    const chosen = isFolder ? await chooseKey(store, { bucket, key: found }, wanted) : found;
    if (chosen === undefined) return;
    const stat = await store.stat(bucket, chosen, deadline());
    const file = store.localFile?.(bucket, chosen);
    if (file === undefined && !(await mayOpen(stat, place.info.id))) return;
    const uri =
      file === undefined
        ? objectUri({ connection: place.info.id, bucket, key: chosen })
        : vscode.Uri.file(file);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
    // Read-only, since a later run may take this very file from the cache.
    if (file !== undefined) await vscode.commands.executeCommand(readOnlyCommand);
  };
}

/** Asks about a large object, which would be read whole. A very large one is not opened. */
async function mayOpen(stat: ObjectStat, connection: ConnectionId): Promise<boolean> {
  const decided = opening(stat.size);
  if (decided === 'ask') return ask(largeQuestion(stat), 'information');
  if (decided === 'refuse') void offerPreview(stat, connection);
  return decided === 'open';
}

async function offerPreview(
  { bucket, key, size: bytes }: ObjectStat,
  connection: ConnectionId,
): Promise<void> {
  const text = `${asName(`${bucket}/${key}`)} has ${size(bytes)}, too much for an editor.`;
  const preview = 'Preview';
  if ((await inform(text, preview)) === preview)
    await vscode.commands.executeCommand('mlops.previewObject', { connection, bucket, key });
}
