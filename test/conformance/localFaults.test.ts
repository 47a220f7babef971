import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunId } from '../../src/core/domain/run.ts';
import { toMlopsError } from '../../src/core/ports/mlopsError.ts';
import { localMachine, never, repository, runEnded, startRun, type LocalMachine } from './localMachine.ts';
import { gone, pidsIn, runnerPid } from './localPids.ts';

const quick = 'pipelines/quick.yaml';
/** Both folders have the same name, so their labels are by it. */
const folders = ['contract', 'conformance'].map((name) => path.join(repository, 'test', name, 'pipelines'));
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

let machine: LocalMachine;
beforeAll(async () => {
  machine = await localMachine(folders);
});
afterAll(() => machine.remove());

const folderOf = (id: RunId) => path.join(machine.home, 'runs', id.split('-').at(-1) ?? '');

describe('a faulty run', () => {
  it('is stopped even when its runner is suspended', async () => {
    const { backend } = machine;
    const folder = await mkdtemp(path.join(machine.home, 'pids-'));
    const id = await startRun(backend, 'pipelines/slow.yaml', { folder });
    const pids = await pidsIn(folder);
    process.kill(await runnerPid(folderOf(id)), 'SIGSTOP');
    expect(await backend.stopRun(id, never)).toBe('requested');
    expect(await runEnded(backend, id)).toMatchObject({ state: 'stopped' });
    await gone(pids);
  });

  it('leaves none of a killed run’s half-written outputs once it is deleted', async () => {
    const { backend } = machine;
    const folder = await mkdtemp(path.join(machine.home, 'pids-'));
    const id = await startRun(backend, 'pipelines/slow.yaml', { folder });
    await pidsIn(folder);
    const half = path.join(machine.home, 'objects', 'artifacts', 'slow', id, 'sleep', '9-1');
    await mkdir(half, { recursive: true });
    await writeFile(path.join(half, 'model'), 'half');
    process.kill(await runnerPid(folderOf(id)), 'SIGKILL');
    await runEnded(backend, id);
    await backend.deleteRun(id, never);
    expect(existsSync(path.dirname(path.dirname(half)))).toBe(false);
  });
});

describe.skipIf(!canMount)('starting a run on a disk without room for more files', () => {
  it('says that the disk is full', async () => {
    const disk = await mkdtemp(path.join(tmpdir(), 'mlops-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'nr_inodes=120', 'none', disk]);
    try {
      const home = path.join(disk, 'home');
      const small = await localMachine(folders, { home });
      const take = async (from: number) => {
        for (let number = from; ; number += 1) await writeFile(path.join(disk, `file-${number}`), '');
      };
      await take(0).catch(() => undefined);
      for (const left of [0, 1, 4, 8, 12, 60]) {
        for (let number = 0; number < left; number += 1)
          await rm(path.join(disk, `file-${number}`), { force: true });
        await expect(startRun(small.backend, quick, { word: 'x' })).rejects.toMatchObject({
          message: expect.stringContaining('the disk is full'),
        });
        await take(0).catch(() => undefined);
      }
      await small.remove();
    } finally {
      execFileSync('umount', ['-l', disk]);
      await rm(disk, { recursive: true, force: true });
    }
  });
});

describe.skipIf(!canMount)('starting a run in a read-only home', () => {
  it('names the home and the setting for it', async () => {
    const disk = await mkdtemp(path.join(tmpdir(), 'mlops-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'none', disk]);
    try {
      const home = path.join(disk, 'home');
      const other = await localMachine(folders, { home });
      await expect(startRun(other.backend, quick, { word: 'x' })).rejects.toMatchObject({
        kind: 'forbidden',
        message: expect.stringContaining(home),
        hint: expect.stringContaining('mlops.local.home'),
      });
      await other.remove();
    } finally {
      execFileSync('umount', ['-l', disk]);
      await rm(disk, { recursive: true, force: true });
    }
  });
});

describe('starting a run in a home that is not a folder', () => {
  it.each(['a file', 'a link to nothing', 'a link to itself'])(
    'says so when the home is %s',
    async (what) => {
      const home = path.join(machine.home, what);
      if (what === 'a file') await writeFile(home, '');
      else await symlink(what === 'a link to itself' ? home : '/nowhere/at/all', home);
      const other = await localMachine(folders, { home });
      await expect(startRun(other.backend, quick, { word: 'x' })).rejects.toMatchObject({
        kind: 'invalid',
        message: expect.stringContaining(`${home} cannot be used as a folder`),
        hint: expect.stringContaining('mlops.local.home'),
      });
      const listed = other.backend.listRuns({}, never);
      const items = await listed.then(
        (page) => page.items,
        (error: unknown) => [toMlopsError(error).kind],
      );
      expect(items).toEqual(what === 'a link to itself' ? ['invalid'] : []);
      await rm(home);
    },
  );
});
