import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isWhole } from './isWhole.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-env-'));
  const executor = path.join(folder, 'lib', 'python3.12', 'site-packages', 'kfp', 'dsl', 'executor.py');
  await mkdir(path.dirname(executor), { recursive: true });
  await mkdir(path.join(folder, 'bin'));
  await writeFile(executor, '');
  await symlink(process.execPath, path.join(folder, 'bin', 'python'));
  await writeFile(path.join(folder, 'mlops-ready.json'), JSON.stringify({ noDeps: ['kfp==2.17.0'] }));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.runIf(process.platform !== 'win32')('an environment', () => {
  it('is complete with its marker, its interpreter and kfp', async () => {
    expect(await isWhole(folder)).toBe(true);
  });

  it.each(['mlops-ready.json', 'bin/python', 'bin', 'lib/python3.12/site-packages/kfp', 'lib'])(
    'is made again without %s',
    async (name) => {
      await rm(path.join(folder, name), { recursive: true });
      expect(await isWhole(folder)).toBe(false);
    },
  );

  it('needs no kfp if no pipeline asked for it', async () => {
    await writeFile(path.join(folder, 'mlops-ready.json'), JSON.stringify({ noDeps: ['kfp-pipeline-spec'] }));
    await rm(path.join(folder, 'lib'), { recursive: true });
    expect(await isWhole(folder)).toBe(true);
  });

  it('is rebuilt when its marker is invalid', async () => {
    for (const text of ['', '[]', '{"noDeps": 3}']) {
      await writeFile(path.join(folder, 'mlops-ready.json'), text);
      expect(await isWhole(folder)).toBe(false);
    }
  });
});
