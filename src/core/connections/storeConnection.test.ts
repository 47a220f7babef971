import { expect, it } from 'vitest';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import type { Connection } from '../ports/connections.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { storeConnection } from './storeConnection.ts';

const signal = new AbortController().signal;

const connection = (name: string, ...buckets: readonly string[]): Connection => {
  const store = new MemoryObjectStore();
  for (const bucket of buckets) store.put(bucket, 'x', '');
  const info = { id: name, name, kind: 's3', readOnly: false, about: '' } as unknown as Connection['info'];
  return { info, store: async () => store };
};
const home = connection('home', 'artifacts');
const lake = connection('lake', 'raw', 'artifacts', 'shared');
const other = connection('other', 'shared');
const broken: Connection = {
  ...connection('broken'),
  store: async () => {
    throw new MlopsError('unreachable', 'Not there.');
  },
};
const meant = async (bucket: string | undefined, active: Connection, ...others: readonly Connection[]) =>
  (await storeConnection({ all: [active, ...others], active }, bucket, signal)).info.name;

it('the active connection is meant where it has the bucket', async () => {
  expect(await meant('artifacts', home, lake)).toBe('home');
});

it('the only other connection is meant that has it', async () => {
  expect(await meant('raw', home, broken, lake)).toBe('lake');
  expect(await meant('raw', { info: home.info }, lake)).toBe('lake');
});

it('the active one is meant where none has it, or its own buckets cannot be told', async () => {
  expect(await meant('nowhere', home, lake)).toBe('home');
  expect(await meant('raw', broken, lake)).toBe('broken');
});

it('has to be named where several have it', async () => {
  await expect(meant('shared', home, lake, other)).rejects.toThrow(
    'There is a bucket shared on lake and other.',
  );
});

it('is the store itself where a server keeps its artifacts there', async () => {
  const server = { ...other, backend: async () => Promise.reject(new Error()) } as Connection;
  expect(await meant('shared', home, server, lake)).toBe('lake');
});

it('without a bucket is the active one, or the only one with objects', async () => {
  expect(await meant(undefined, home, lake)).toBe('home');
  expect(await meant(undefined, { info: home.info }, lake)).toBe('lake');
});
