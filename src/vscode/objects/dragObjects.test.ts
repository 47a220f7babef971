import { beforeEach, describe, expect, test } from 'vitest';
import * as vscode from 'vscode';
import type { ConnectionId, ConnectionInfo } from '../../core/domain/connection.ts';
import { FakeConnections } from '../../../test/fakes/fakeConnections.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { shown } from '../../../test/vscode/shim.ts';
import type { Services } from '../services.ts';
import type { Target } from '../target.ts';
import type { TreeRequest } from '../treeRequest.ts';
import { draggedAddresses, drop } from './dragObjects.ts';

const never = new AbortController().signal;
const connection = 'objects' as ConnectionId;
const info: ConnectionInfo = { id: connection, kind: 's3', name: 'Objects', readOnly: false, about: '' };
let store: MemoryObjectStore;
let services: Services;

beforeEach(() => {
  store = new MemoryObjectStore().put('data', 'x/a.csv', 'one').put('other', 'y/z', '');
  const connections = new FakeConnections({ info, store: async () => store });
  const session = { treeRequests: new vscode.EventEmitter<TreeRequest>() };
  const all = { connections, session, log: new SilentLog(), clock: new FakeClock() };
  services = all as unknown as Services;
  shown.messages.length = 0;
  shown.answers.length = 0;
});

/** What is dropped: addresses, or files without any. */
function dropped(text: string, ...files: { name: string; content: string }[]): vscode.DataTransfer {
  const items = files.map(({ name, content }) => ({
    asFile: () => ({ name, data: async () => Buffer.from(content) }),
  }));
  const transfer = {
    get: () => (text === '' ? undefined : { asString: async () => text }),
    *[Symbol.iterator]() {
      for (const item of items) yield ['files', item];
    },
  };
  return transfer as unknown as vscode.DataTransfer;
}

const keys = async (bucket: string) => {
  const { items } = await store.listObjects(bucket, { prefix: '', deep: true }, never);
  return items.map(({ key }) => key);
};
const on = (bucket: string, key: string): Target => ({ connection, bucket, key });
const said = () => shown.messages.map(({ text }) => text);

describe('dropping on the Storage view', () => {
  test('uploads files into a folder, after a question', async () => {
    await drop(services, on('data', 'x/'), dropped('', { name: 'b.csv', content: 'two' }));
    expect(said()).toEqual([
      'Upload b.csv to data/x/?',
      'Uploading to data/x/',
      'x/b.csv was uploaded to data/x/.',
    ]);
    expect(await keys('data')).toEqual(['x/a.csv', 'x/b.csv']);
    expect(await store.stat('data', 'x/b.csv', never)).toMatchObject({ size: 3, contentType: 'text/csv' });
  });

  test('uploads nothing where the person says no', async () => {
    shown.answers.push(undefined);
    await drop(services, on('data', 'x/'), dropped('', { name: 'b.csv', content: 'two' }));
    expect(await keys('data')).toEqual(['x/a.csv']);
  });

  test('skips what is there already, or replaces it', async () => {
    const files = [
      { name: 'a.csv', content: 'mine' },
      { name: 'c.csv', content: '3' },
    ];
    shown.answers.push('Skip these');
    await drop(services, on('data', 'x/'), dropped('', ...files));
    expect(await store.stat('data', 'x/a.csv', never)).toMatchObject({ size: 3 });
    shown.answers.push('Replace');
    await drop(services, on('data', 'x/'), dropped('', ...files));
    expect(await store.stat('data', 'x/a.csv', never)).toMatchObject({ size: 4 });
  });

  test('moves objects of the same store', async () => {
    const address = draggedAddresses([on('data', 'x/a.csv')], services.connections.active);
    await drop(services, on('other', 'y/z'), dropped(address));
    expect(said()[0]).toBe('Move data/x/a.csv to other/y/a.csv?');
    expect([await keys('data'), await keys('other')]).toEqual([[], ['y/a.csv', 'y/z']]);
  });

  test('says that rows of a connection are no place for files', async () => {
    await drop(services, { connection }, dropped('', { name: 'b', content: '' }));
    expect(said()).toEqual(['Files and objects are dropped on a bucket or a folder in it.']);
  });
});
