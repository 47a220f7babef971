import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeAt, type Home } from '../home.ts';
import { removeLeftovers } from './removeLeftovers.ts';
import type { RunRecord } from './runRecord.ts';

const now = Date.now();
const hour = 3_600_000;
let home: Home;
beforeEach(async () => {
  home = homeAt(await mkdtemp(path.join(tmpdir(), 'mlops-left-')));
  await mkdir(home.keys, { recursive: true });
});
afterEach(() => rm(home.root, { recursive: true, force: true }));

async function write(file: string, text = '', ageMs = 0): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  await utimes(file, (now - ageMs) / 1000, (now - ageMs) / 1000);
}

describe('removeLeftovers', () => {
  it('keeps the outputs that the record of the deleted run names and removes its others', async () => {
    const objects = path.join(home.objects, 'artifacts', 'iris');
    const named = path.join(objects, 'iris-7', 'train', '1-2', 'model');
    for (const file of [
      named,
      path.join(objects, 'iris-7', 'train', '1-1', 'model'),
      path.join(objects, 'iris-7', 'evaluate', '2-1', 'metrics'),
      path.join(objects, 'iris-8', 'train', '1-1', 'model'),
    ])
      await write(file);
    const artifact = { name: 'model', type: 'system.Model', uri: named };
    const record = { id: 'iris-7', tasks: [{ artifacts: [artifact] }, {}] } as unknown as RunRecord;
    await removeLeftovers(home, record, now);
    const left = await readdir(objects, { recursive: true, withFileTypes: true });
    const files = left
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    expect(files.map((file) => path.relative(objects, file)).toSorted()).toEqual([
      'iris-7/train/1-2/model',
      'iris-8/train/1-1/model',
    ]);
    expect(await readdir(path.join(objects, 'iris-7'))).toEqual(['train']);
  });

  it('removes keys of deleted runs when they are a day old', async () => {
    await mkdir(home.run(2));
    await write(path.join(home.keys, 'gone'), 'iris-1', 25 * hour);
    await write(path.join(home.keys, 'there'), 'iris-2', 25 * hour);
    await write(path.join(home.keys, 'young'), 'iris-1', hour);
    await write(path.join(home.keys, 'odd'), '', 25 * hour);
    await write(path.join(home.keys, '.half'), 'iris-2', 25 * hour);
    await removeLeftovers(home, undefined, now);
    expect((await readdir(home.keys)).toSorted()).toEqual(['there', 'young']);
  });

  it('removes what an interrupted deletion left', async () => {
    const old = path.join(home.runs, '.trash-3-x');
    await mkdir(old);
    await utimes(old, (now - 2 * hour) / 1000, (now - 2 * hour) / 1000);
    await mkdir(path.join(home.runs, '.trash-4-y'));
    await removeLeftovers(home, undefined, now);
    expect((await readdir(home.runs)).toSorted()).toEqual(['.keys', '.trash-4-y']);
  });
});
