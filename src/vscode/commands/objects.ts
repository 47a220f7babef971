import * as vscode from 'vscode';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { ObjectStat } from '../../core/domain/storedObject.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { size } from '../../core/text/units.ts';
import { largeQuestion, opening } from '../../core/storage/openSize.ts';
import { asName } from '../../core/text/literal.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { deadline } from '../deadline.ts';
import { objectUri } from '../uris.ts';
import type { Handler } from './command.ts';
import { askWith } from '../window/askQuestion.ts';
import { inform } from '../window/messages.ts';
import { objectOfRow } from './shared/objectOfRow.ts';

const readOnlyCommand = 'workbench.action.files.setActiveEditorReadonlyInSession';

/** Opens an object in the editor for its file extension; in a folder it asks which one. */
export function openObject(services: Services): Handler {
  return async (...args) => {
    const object = await objectOfRow(services, args, 'Open which object?');
    if (object === undefined) return;
    const { at, store, bucket, key } = object;
    await show(at, store, await store.stat(bucket, key, deadline()));
  };
}

/** Opens the object's file where it has one, else the object itself. */
async function show({ info }: OpenConnection, store: ObjectStore, stat: ObjectStat): Promise<void> {
  const { bucket, key } = stat;
  const file = store.localFile?.(bucket, key);
  if (file === undefined && !(await mayOpen(info.id, stat))) return;
  const uri = file === undefined ? objectUri({ connection: info.id, bucket, key }) : vscode.Uri.file(file);
  await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
  // Read-only where a later run may take this very file from the cache.
  if (file !== undefined && (store.writes === undefined || info.readOnly))
    await vscode.commands.executeCommand(readOnlyCommand);
}

const others = [
  { label: 'Preview', command: 'mlops.previewObject' },
  { label: 'Download…', command: 'mlops.downloadObjects' },
] as const;

/** Asks about a large object, which would be read whole. Of a very large one its preview and a download are offered. */
async function mayOpen(connection: ConnectionId, stat: ObjectStat): Promise<boolean> {
  const { bucket, key, size: bytes } = stat;
  const decided = opening(bytes);
  if (decided === 'open') return true;
  const question = largeQuestion(stat);
  const labels = others.map(({ label }) => label);
  const answer =
    decided === 'ask'
      ? await askWith(question, 'information', labels)
      : await inform(`${asName(`${bucket}/${key}`)} has ${size(bytes)}, too much for an editor.`, ...labels);
  const other = others.find(({ label }) => label === answer);
  if (other !== undefined) await vscode.commands.executeCommand(other.command, { connection, bucket, key });
  return answer === question.verb;
}
