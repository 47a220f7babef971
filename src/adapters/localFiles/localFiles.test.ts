import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collected } from '../../core/logs/bytes.ts';
import { localFiles } from './localFiles.ts';

const never = new AbortController().signal;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-files-'));
  await mkdir(path.join(folder, 'a', 'b'), { recursive: true });
  await writeFile(path.join(folder, 'a', 'b', '1.txt'), 'one');
  await writeFile(path.join(folder, 'a', '2.txt'), '');
});
afterEach(() => rm(folder, { recursive: true }));

test('a folder is listed with all files in it, without following links', async () => {
  await symlink('/etc', path.join(folder, 'a', 'link'));
  const { files, leftOut } = await localFiles.list(path.join(folder, 'a'), never);
  expect(files.map(({ names, size }) => [names, size])).toEqual([
    [['2.txt'], 0],
    [['b', '1.txt'], 3],
  ]);
  expect(leftOut).toEqual([{ path: path.join(folder, 'a', 'link'), reason: 'a link' }]);
});

test('a file is listed by itself and read', async () => {
  const file = path.join(folder, 'a', 'b', '1.txt');
  const { files } = await localFiles.list(file, never);
  expect(files).toEqual([{ path: file, size: 3, names: ['1.txt'] }]);
  const source = await localFiles.source(file);
  expect(Buffer.from(await collected(source.read(0, 3, never))).toString()).toBe('one');
});

test('a file is put into folders that are made for it, when all of it is there', async () => {
  const file = localFiles.join(folder, 'new', 'deep', 'x.bin');
  const target = await localFiles.target(file);
  await target.write(Buffer.from('bytes'), 0);
  expect(await localFiles.existing([file, folder])).toEqual([folder]);
  await target.finish();
  expect(await readFile(file, 'utf8')).toBe('bytes');
});

test('what is not there is said by name', async () => {
  await expect(localFiles.list(path.join(folder, 'none'), never)).rejects.toMatchObject({ kind: 'notFound' });
});
