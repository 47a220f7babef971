import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLocalFolder } from '../../src/adapters/localFolder/localFolder.ts';
import type { ByteSource, ObjectWrites } from '../../src/core/ports/objectWrites.ts';
import type { ObjectStore } from '../../src/core/ports/objectStore.ts';

// What only a folder as a store can do wrong.

const never = new AbortController().signal;
let home: string;
let bucket: string;
let store: ObjectStore;
let writes: ObjectWrites;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'mlops-folder-'));
  bucket = path.join(home, 'objects', 'data');
  await mkdir(path.join(bucket, 'deep', 'er'), { recursive: true });
  await mkdir(path.join(home, 'outside'));
  await writeFile(path.join(bucket, 'a.csv'), 'a');
  await writeFile(path.join(bucket, 'deep', 'er', 'b.csv'), 'b');
  await writeFile(path.join(home, 'outside', 'secret.txt'), 'secret');
  store = createLocalFolder({ root: path.join(home, 'objects'), writable: true });
  writes = store.writes ?? expect.fail('It cannot be changed.');
});
afterEach(() => rm(home, { recursive: true }));

it('a folder that is not writable has no changes', () => {
  expect(createLocalFolder({ root: home }).writes).toBeUndefined();
});

it('links that lead out are neither written through nor deleted', async () => {
  await symlink(path.join(home, 'outside'), path.join(bucket, 'out'));
  await symlink(path.join(home, 'outside', 'secret.txt'), path.join(bucket, 'out.txt'));
  const forbidden = { kind: 'forbidden' };
  for (const key of ['out/new.txt', 'out/deep/new.txt', 'out/secret.txt', 'out.txt']) {
    const to = { bucket: 'data', key };
    await expect(writes.put(to, sourceOf('x'), {}, never)).rejects.toMatchObject(forbidden);
    await expect(writes.copy({ bucket: 'data', key: 'a.csv' }, to, {}, never)).rejects.toMatchObject(
      forbidden,
    );
  }
  expect(await writes.delete('data', ['out/secret.txt', 'out.txt'], never)).toMatchObject([
    { key: 'out/secret.txt', reason: expect.stringContaining('leads out') },
    { key: 'out.txt' },
  ]);
  expect(await readdir(path.join(home, 'outside'))).toEqual(['secret.txt']);
  expect(await readFile(path.join(home, 'outside', 'secret.txt'), 'utf8')).toBe('secret');
});

it('what was not stored whole leaves nothing behind, and what was there stays', async () => {
  const to = { bucket: 'data', key: 'new/a.csv' };
  const over = { bucket: 'data', key: 'a.csv' };
  const wrong: readonly ByteSource[] = [
    { ...sourceOf('abc'), size: 4 },
    { size: 2, read: () => sourceOf('abc').read(0, 3, never) },
    {
      size: 2,
      read: async function* () {
        yield Buffer.from('a');
        throw new Error('The disk was taken away.');
      },
    },
  ];
  const why = /changed while it was read|taken away/;
  for (const source of wrong) {
    await expect(writes.put(to, source, {}, never)).rejects.toThrow(why);
    await expect(writes.put(over, source, {}, never)).rejects.toThrow(why);
  }
  expect(await readdir(path.join(home, 'objects'))).toEqual(['data']);
  expect((await readdir(bucket)).toSorted()).toEqual(['a.csv', 'deep']);
  expect(await readFile(path.join(bucket, 'a.csv'), 'utf8')).toBe('a');
});

it('of two that store the same new object one is refused', async () => {
  const to = { bucket: 'data', key: 'deep/new.csv' };
  const put = (text: string) => writes.put(to, sourceOf(text), { ifAbsent: true }, never);
  const done = await Promise.allSettled(['1', '2', '3'].map(put));
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of done.filter((each) => each.status === 'rejected'))
    expect(one.reason).toMatchObject({ kind: 'conflict' });
});

it('an object is replaced only in the state that is named', async () => {
  const to = { bucket: 'data', key: 'a.csv' };
  const { etag = '' } = await store.stat('data', 'a.csv', never);
  const stat = await writes.put(to, sourceOf('second'), { ifMatch: etag }, never);
  expect(stat).toMatchObject({ size: 6 });
  expect(stat.etag).not.toBe(etag);
  await expect(writes.put(to, sourceOf('third'), { ifMatch: etag }, never)).rejects.toMatchObject({
    kind: 'conflict',
  });
  await expect(
    collect(store.read('data', 'a.csv', { limit: 9, ifMatch: etag }, never)),
  ).rejects.toMatchObject({
    kind: 'conflict',
  });
  expect(await collect(store.read('data', 'a.csv', { limit: 9 }, never))).toBe('second');
});

it('folders that are left empty go with the last object in them', async () => {
  expect(await writes.delete('data', ['deep/er/b.csv'], never)).toEqual([]);
  expect(await readdir(bucket)).toEqual(['a.csv']);
  expect(await writes.delete('data', ['a.csv'], never)).toEqual([]);
  await writes.deleteBucket('data', never);
  expect(await store.listBuckets(never)).toEqual([]);
});

it('no object is where a folder is, and no folder where an object is', async () => {
  const invalid = { kind: 'invalid' };
  for (const key of ['deep', 'a.csv/below', 'deep/', ''])
    await expect(writes.put({ bucket: 'data', key }, sourceOf('x'), {}, never)).rejects.toMatchObject(
      invalid,
    );
  expect(await writes.delete('data', ['deep'], never)).toEqual([]);
  expect(await readFile(path.join(bucket, 'deep', 'er', 'b.csv'), 'utf8')).toBe('b');
});

function sourceOf(text: string): ByteSource {
  return {
    size: text.length,
    read: async function* (offset, limit) {
      for (const sign of text.slice(offset, offset + limit)) yield Buffer.from(sign);
    },
  };
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString();
}
