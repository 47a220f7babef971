import { expect, it } from 'vitest';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { type ConnectionInfo, thisMachine } from '../domain/connection.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { ObjectWrites } from '../ports/objectWrites.ts';
import type { ObjectVersion, ObjectVersions } from '../ports/objectVersions.ts';
import { guardedStore } from './guardedStore.ts';

const never = new AbortController().signal;
const source = { size: 0, read: async function* () {} };
const of = { bucket: 'data', key: 'a.csv' };
const version: ObjectVersion = { ...of, id: '1', latest: true, deleted: false, size: 1 };

function storeOf(more: Partial<ConnectionInfo>) {
  const inside = new MemoryObjectStore().put(of.bucket, of.key, 'a');
  const info = { id: thisMachine, kind: 's3', name: 'Objects', readOnly: false, about: '' } as const;
  return { inside, store: guardedStore({ ...info, ...more }, inside) };
}

it.each([
  [{ readOnly: true }, 'Objects is read-only.'],
  [{ protectedNamespaces: ['prod'], namespace: 'prod' }, 'The namespace prod of'],
])('nothing is changed through a connection with %j', async (more, message) => {
  const { store } = storeOf(more);
  const refused = { kind: 'forbidden', message: expect.stringContaining(message) };
  const changes = [...changesOf(store.writes), ...versionChangesOf(store.versions)];
  expect(changes.length).toBeGreaterThan(5);
  for (const change of changes) await expect(change).rejects.toMatchObject(refused);
  expect(await store.listBuckets(never)).toMatchObject([{ name: 'data' }]);
  expect(await store.stat('data', 'a.csv', never)).toMatchObject({ size: 1 });
  expect(await store.tags?.(of, never)).toEqual({});
});

it('a connection that is not read-only is written to', async () => {
  const { store, inside } = storeOf({});
  await store.writes?.copy(of, { ...of, key: 'b.csv' }, {}, never);
  expect(await inside.stat('data', 'b.csv', never)).toMatchObject({ size: 1 });
});

it('what a store cannot do is absent behind the guard, too', () => {
  const nothing: ObjectStore = {
    listBuckets: async () => [],
    listObjects: async () => ({ items: [] }),
    stat: async () => ({ ...of, size: 0 }),
    read: async function* () {},
  };
  const info = { id: thisMachine, kind: 'folder', name: 'Data', readOnly: true, about: '' } as const;
  expect(Object.keys(guardedStore(info, nothing)).toSorted()).toEqual([
    ...['listBuckets', 'listObjects', 'read', 'stat'],
  ]);
});

function changesOf(writes: ObjectWrites | undefined): readonly Promise<unknown>[] {
  if (writes === undefined) return [];
  return [
    writes.createBucket('other', never),
    writes.deleteBucket('data', never),
    writes.put(of, source, {}, never),
    writes.copy(of, { ...of, key: 'b.csv' }, {}, never),
    writes.delete('data', [of.key], never),
    writes.setTags?.(of, { a: '1' }, never),
    writes.abandonUpload?.({ ...of, id: '1' }, never),
  ].filter((change) => change !== undefined);
}

function versionChangesOf(versions: ObjectVersions | undefined): readonly Promise<unknown>[] {
  return versions === undefined ? [] : [versions.restore(version, never), versions.delete(version, never)];
}
