import { beforeEach, describe, expect, test } from 'vitest';
import * as vscode from 'vscode';
import type { ConnectionId, ConnectionInfo } from '../../core/domain/connection.ts';
import { FakeConnections } from '../../../test/fakes/fakeConnections.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { documentEvents, shown } from '../../../test/vscode/shim.ts';
import type { Services } from '../services.ts';
import type { TreeRequest } from '../treeRequest.ts';
import { objectUri } from '../uris.ts';
import { ObjectFiles } from './objectFiles.ts';

const info: ConnectionInfo = {
  id: 'objects' as ConnectionId,
  kind: 's3',
  name: 'Objects',
  readOnly: false,
  about: 'Objects.',
};
const uri = objectUri({ connection: info.id, bucket: 'data', key: 'a.csv' });
const anything = { create: true, overwrite: true };
let store: MemoryObjectStore;
let files: ObjectFiles;
let reloaded: string[];
let requests: TreeRequest[];

beforeEach(() => {
  store = new MemoryObjectStore().put('data', 'a.csv', 'old');
  files = filesOf(info);
  shown.messages.length = 0;
  shown.answers.length = 0;
  (vscode.workspace.textDocuments as unknown[]).length = 0;
});

function filesOf(connection: ConnectionInfo): ObjectFiles {
  reloaded = [];
  requests = [];
  const treeRequests = new vscode.EventEmitter<TreeRequest>();
  treeRequests.event((request) => requests.push(request));
  const changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  changes.event((all) => reloaded.push(...all.map((one) => one.uri.toString())));
  const connections = new FakeConnections({ info: connection, store: async () => store });
  const services = { connections, session: { treeRequests }, log: new SilentLog() };
  return new ObjectFiles(services as unknown as Services, changes);
}

/** What the editor does when a person opens, changes and saves a document. */
const open = async (isDirty = true, text = 'old') => {
  await files.stat(uri);
  await files.readFile(uri);
  (vscode.workspace.textDocuments as unknown[]).push({ uri, isDirty, getText: () => text });
};
const save = async (text: string) => {
  await files.writeFile(uri, Buffer.from(text), anything);
  documentEvents.saved.fire({ uri });
};
const stored = async () => Buffer.from(await files.readFile(uri)).toString();
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: vscode.FileSystemError) => error.code,
  );

describe('an object as a file', () => {
  test('is read, changed and saved without a question', async () => {
    await open();
    await save('mine');
    expect(await stored()).toBe('mine');
    expect(shown.messages).toEqual([]);
    expect(requests).toEqual([{ kind: 'objects', connection: 'objects' }]);
  });

  test('is saved as it is shown, also where the editor took an earlier save for the last change', async () => {
    await open(false, 'mine');
    await save('mine');
    expect(await stored()).toBe('mine');
    expect(shown.messages).toEqual([]);
  });

  test('is in folders that are its prefixes', async () => {
    store.put('data', 'x/y/z.txt', '').put('data', 'x/w.txt', '');
    const folder = objectUri({ connection: info.id, bucket: 'data', key: 'x' });
    expect(await files.stat(folder)).toMatchObject({ type: vscode.FileType.Directory });
    expect(await files.readDirectory(folder)).toEqual([
      ['w.txt', vscode.FileType.File],
      ['y', vscode.FileType.Directory],
    ]);
    const missing = objectUri({ connection: info.id, bucket: 'data', key: 'none' });
    expect(await code(files.stat(missing))).toBe('FileNotFound');
  });

  test('is refused above 50 MB', async () => {
    store.stat = async (bucket, key) => ({ bucket, key, size: 50_000_001, etag: 'x' });
    await expect(files.readFile(uri)).rejects.toThrow('data/a.csv has 50 MB, too much for an editor.');
  });

  test.each([
    ['the connection', { ...info, readOnly: true }, 'a.csv', {}],
    ['a run that made it', info, 'v2/artifacts/p/0b8f3c1e-1d2f-4a3b-9c4d-5e6f7a8b9c0d/train/x/model', {}],
    ['an earlier version', info, 'a.csv', { version: '1' }],
  ])('is read-only because of %s', async (_why, connection, key, state) => {
    files = filesOf(connection);
    store.put('data', key, 'x');
    const here = objectUri({ connection: info.id, bucket: 'data', key }, state);
    expect(await files.stat(here)).toMatchObject({ permissions: vscode.FilePermission.Readonly });
    expect(await code(files.writeFile(here, Buffer.from('mine'), anything))).toBe('NoPermissions');
  });
});

describe('a conflict', () => {
  beforeEach(async () => {
    await open();
    store.put('data', 'a.csv', 'theirs');
  });

  test('is found by us and not by the editor, which compares times', async () => {
    expect(await files.stat(uri)).toMatchObject({ size: 3 });
  });

  test('is asked about, with the object’s name', async () => {
    shown.answers.push('Overwrite');
    await save('mine');
    expect(shown.messages[0]).toMatchObject({
      text: 'Overwrite data/a.csv?',
      buttons: ['Overwrite', 'Compare', 'Discard mine'],
    });
    expect(await stored()).toBe('mine');
  });

  test('leaves the document unsaved where the person compares, or leaves', async () => {
    for (const answer of ['Compare', undefined]) {
      shown.answers.push(answer);
      await expect(save('mine')).rejects.toThrow('data/a.csv was not saved');
    }
    expect(await stored()).toBe('theirs');
  });

  test('ends with theirs in the editor where mine is discarded', async () => {
    shown.answers.push('Discard mine');
    const before = await files.stat(uri);
    await save('mine');
    expect(reloaded).toEqual([uri.toString()]);
    const after = await files.stat(uri);
    expect(after.size).toBe(6);
    expect(after.mtime).toBeGreaterThan(before.mtime);
    expect(await stored()).toBe('theirs');
  });
});

describe('what others read', () => {
  test('does not count as seen by a person who has changed the document', async () => {
    await open();
    store.put('data', 'a.csv', 'theirs');
    expect(await stored()).toBe('theirs');
    shown.answers.push(undefined);
    await expect(save('mine')).rejects.toThrow('was not saved');
  });

  test('is what a document without changes shows then', async () => {
    await open(false);
    store.put('data', 'a.csv', 'theirs');
    await files.readFile(uri);
    expect(reloaded).toEqual([uri.toString()]);
    expect(await files.stat(uri)).toMatchObject({ size: 6 });
  });
});

test('what no person saves is asked about', async () => {
  shown.answers.push(undefined, 'Overwrite');
  expect(await code(files.writeFile(uri, Buffer.from('new'), anything))).toBe('Unavailable');
  expect(shown.messages[0]).toMatchObject({ text: 'Overwrite data/a.csv?' });
  expect(await stored()).toBe('old');
  expect(await code(files.writeFile(uri, Buffer.from('new'), anything))).toBe('done');
  expect(await stored()).toBe('new');
});
