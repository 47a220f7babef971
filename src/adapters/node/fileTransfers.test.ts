import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSource } from './fileSource.ts';
import { fileTarget } from './fileTarget.ts';

const never = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a file that is stored', () => {
  it('gives its size and any part of it', async () => {
    const file = path.join(folder, 'a.bin');
    await writeFile(file, '0123456789');
    const source = await fileSource(file);
    expect(source.size).toBe(10);
    expect(await textOf(source.read(3, 4, never))).toBe('3456');
    expect(await textOf(source.read(8, 10, never))).toBe('89');
  });

  it.each([
    ['shorter', (file: string) => truncate(file, 5)],
    ['longer', (file: string) => writeFile(file, 'more', { flag: 'a' })],
    ['other', (file: string) => utimes(file, 1, 1)],
  ])('is a conflict when it became %s', async (_, change) => {
    const file = path.join(folder, 'a.bin');
    await writeFile(file, '0123456789');
    const source = await fileSource(file);
    await change(file);
    await expect(textOf(source.read(0, 10, never))).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('changed while it was read'),
    });
  });

  it('has a fingerprint that changes with it', async () => {
    const file = path.join(folder, 'a.bin');
    await writeFile(file, '0123456789');
    const before = await fileSource(file);
    expect((await fileSource(file)).fingerprint).toBe(before.fingerprint);
    await utimes(file, 1, 1);
    expect((await fileSource(file)).fingerprint).not.toBe(before.fingerprint);
  });

  it('is refused where there is none', async () => {
    await expect(fileSource(path.join(folder, 'none'))).rejects.toMatchObject({ kind: 'notFound' });
    await expect(fileSource(folder)).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('a file that is written', () => {
  it('takes its pieces in any order, and is in its place when it is finished', async () => {
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'before');
    const target = await fileTarget(file);
    await target.write(Buffer.from('cd'), 2);
    await target.write(Buffer.from('ab'), 0);
    expect(await readFile(file, 'utf8')).toBe('before');
    await target.finish();
    expect(await readFile(file, 'utf8')).toBe('abcd');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('leaves what was there when it is discarded', async () => {
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'before');
    const target = await fileTarget(file);
    await target.write(Buffer.from('ab'), 0);
    await target.discard();
    expect(await readFile(file, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('says that it cannot be written, and leaves nothing', async () => {
    await expect(fileTarget(path.join(folder, 'none', 'a.txt'))).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('cannot be written'),
    });
    const target = await fileTarget(folder);
    await expect(target.finish()).rejects.toMatchObject({ kind: 'invalid' });
    expect((await readdir(path.dirname(folder))).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString();
}
