import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { localPaths } from './localPaths.ts';

const here = import.meta.filename;

it.each([here, path.dirname(here), pathToFileURL(here).href])(
  'says that %s is on this machine',
  async (text) => {
    expect(await localPaths({ data: text })).toMatchObject([
      { what: 'local_path', message: expect.stringContaining('of data is a path of this machine') },
    ]);
  },
);

it('looks into lists and structs', async () => {
  expect(await localPaths({ inputs: [{ train: here }, 'x'] })).toHaveLength(1);
});

it.each([
  's3://bucket/x.csv',
  'https://a.example/x',
  '/no/such/file.csv',
  '/tmp',
  '/',
  'x.csv',
  'file:///%',
  '',
  3,
])('says nothing of %j', async (value) => {
  expect(await localPaths({ data: value })).toEqual([]);
});
