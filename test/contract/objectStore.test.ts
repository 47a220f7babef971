import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalFolder } from '../../src/adapters/localFolder/localFolder.ts';
import { MemoryObjectStore } from '../fakes/memoryObjectStore.ts';
import { objectStoreContract, storeContent } from './objectStore.ts';

objectStoreContract('in memory', async () => {
  const store = new MemoryObjectStore();
  for (const [bucket, objects] of Object.entries(storeContent)) {
    for (const [key, content] of Object.entries(objects)) store.put(bucket, key, content);
  }
  return { store, keepVersions: async (bucket) => store.keepVersions(bucket), remove: async () => undefined };
});

objectStoreContract('a folder of this machine', async () => {
  const home = await filledHome();
  return {
    store: createLocalFolder({ root: path.join(home, 'objects'), writable: true }),
    keepsMetadata: false,
    remove: () => rm(home, { recursive: true }),
  };
});

async function filledHome(): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'mlops-objects-'));
  for (const [bucket, objects] of Object.entries(storeContent)) {
    for (const [key, content] of Object.entries(objects)) {
      const file = path.join(home, 'objects', bucket, key);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
  return home;
}

describe('a folder as an object store', () => {
  const never = new AbortController().signal;
  let home: string;
  beforeAll(async () => {
    home = await filledHome();
    const bucket = path.join(home, 'objects', 'artifacts');
    await writeFile(path.join(home, 'secret.txt'), 'secret');
    await symlink(path.join(home, 'secret.txt'), path.join(bucket, 'link-out.txt'));
    await symlink(home, path.join(bucket, 'folder-out'));
    await symlink('nowhere', path.join(bucket, 'dangling'));
    await symlink('iris.txt', path.join(bucket, 'link-in.txt'));
    await writeFile(path.join(home, 'objects', 'file-beside-buckets'), '');
    await mkdir(path.join(home, 'outside'));
    await writeFile(path.join(home, 'outside', 'secret.txt'), 'secret');
    await symlink(path.join(home, 'outside'), path.join(home, 'objects', 'bucket-out'));
    await symlink(home, path.join(home, 'objects', 'bucket-up'));
  });
  afterAll(() => rm(home, { recursive: true }));

  it('follows links inside a bucket and refuses those that lead out', async () => {
    const store = createLocalFolder({ root: path.join(home, 'objects') });
    expect(await store.stat('artifacts', 'link-in.txt', never)).toMatchObject({ size: 1 });
    for (const key of ['link-out.txt', 'folder-out/secret.txt']) {
      await expect(store.stat('artifacts', key, never)).rejects.toMatchObject({ kind: 'forbidden' });
    }
    await expect(store.listObjects('artifacts', { prefix: 'folder-out/' }, never)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(store.stat('artifacts', 'dangling', never)).rejects.toMatchObject({ kind: 'notFound' });
  });

  it.each([
    ['bucket-out', 'secret.txt'],
    ['bucket-out', ''],
    ['bucket-up', 'outside/secret.txt'],
    ['bucket-up', 'objects/artifacts/iris.txt'],
  ])('refuses the bucket %s, a link that leads out of the store', async (bucket, key) => {
    const store = createLocalFolder({ root: path.join(home, 'objects') });
    const forbidden = expect.objectContaining({ kind: 'forbidden' });
    await expect(store.stat(bucket, key, never)).rejects.toEqual(forbidden);
    await expect(store.listObjects(bucket, { prefix: key }, never)).rejects.toEqual(forbidden);
    const read = async () => {
      for await (const _ of store.read(bucket, key, { limit: 10 }, never)) break;
    };
    await expect(read()).rejects.toEqual(forbidden);
  });

  it('lists no links that lead out or nowhere, and no files beside the buckets', async () => {
    const store = createLocalFolder({ root: path.join(home, 'objects') });
    const keys = (await store.listObjects('artifacts', { prefix: '' }, never)).items.map(
      (entry) => entry.key,
    );
    expect(keys).toContain('link-in.txt');
    expect(keys.filter((key) => /out|dangling/.test(key))).toEqual([]);
    expect((await store.listBuckets(never)).map((bucket) => bucket.name)).toEqual(['artifacts', 'data']);
  });

  it('gives the path of an object’s file', () => {
    expect(createLocalFolder({ root: path.join(home, 'objects') }).localFile('data', 'rows/1.csv')).toBe(
      path.join(home, 'objects', 'data', 'rows', '1.csv'),
    );
    expect(() => createLocalFolder({ root: path.join(home, 'objects') }).localFile('data', '../x')).toThrow(
      expect.objectContaining({ kind: 'invalid' }),
    );
  });

  it('has no buckets before anything was stored', async () => {
    expect(await createLocalFolder({ root: path.join(home, 'fresh') }).listBuckets(never)).toEqual([]);
  });
});
