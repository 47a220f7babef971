import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, mkdtemp, readdir, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { measureFolder } from '../../src/adapters/localRunner/environments/measureFolder.ts';
import { environmentsContract } from '../contract/environments.ts';
import { localMachine, type LocalMachine, never, repository } from './localMachine.ts';

/** A machine whose environments are its own: the other tests share theirs. */
async function aMachine(): Promise<LocalMachine & { readonly folder: string }> {
  const machine = await localMachine([]);
  const folder = path.join(machine.home, 'envs');
  await unlink(folder);
  await mkdir(folder);
  return { ...machine, folder };
}

async function add(folder: string, id: string, packages: readonly string[] | undefined, createdAt: number) {
  await mkdir(path.join(folder, id, 'lib'), { recursive: true });
  await writeFile(path.join(folder, id, 'lib', 'module.py'), 'x = 1\n');
  const marker = { requirements: packages, noDeps: [], python: '3.11.7', createdAt, bytes: 6 };
  if (packages !== undefined)
    await writeFile(path.join(folder, id, 'mlops-ready.json'), JSON.stringify(marker));
}

const holder = `
import sys
sys.path.insert(0, sys.argv[1])
from mlops_runner import process_control
lock = process_control.try_lock(sys.argv[2], shared=True)
print("held", flush=True)
sys.stdin.read()
`;

/** Holds the lock of an environment as a run does that uses it. */
async function hold(lock: string): Promise<() => Promise<void>> {
  const python = path.join(repository, 'resources', 'python');
  const child = spawn('python3', ['-I', '-S', '-c', holder, python, lock]);
  await once(child.stdout, 'data');
  return async () => {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  };
}

environmentsContract('this machine', async () => {
  const { backend, folder, remove } = await aMachine();
  if (backend.environments === undefined) throw new Error('This machine has environments.');
  return {
    environments: backend.environments,
    add: (id, packages, createdAt) => add(folder, id, packages, createdAt),
    use: (id) => hold(path.join(folder, `${id}.lock`)),
    remove,
  };
});

describe('the environments of this machine', () => {
  let machine: Awaited<ReturnType<typeof aMachine>> | undefined;
  afterEach(() => machine?.remove());

  it('are listed with addresses that show no login', async () => {
    machine = await aMachine();
    await add(machine.folder, 'aaa', ['acme @ git+https://me:t0ken@a.example/acme.git'], 1000);
    const [environment] = (await machine.backend.environments?.list(never)) ?? [];
    expect(environment?.packages).toEqual(['acme @ git+https://me:••••@a.example/acme.git']);
  });

  it('know the runs that use them, and name one that is still active', async () => {
    machine = await aMachine();
    await add(machine.folder, 'aaa', ['kfp==2.17.0'], 1000);
    for (const number of [1, 2]) {
      const folder = path.join(machine.home, 'runs', String(number));
      await mkdir(folder, { recursive: true });
      const request = {
        id: `iris-${number}`,
        number,
        name: 'iris',
        createdAt: 1000,
        pipeline: { id: 'iris', name: 'iris' },
        environments: [{ id: 'aaa' }],
      };
      await writeFile(path.join(folder, 'request.json'), JSON.stringify(request));
    }
    const [environment] = (await machine.backend.environments?.list(never)) ?? [];
    expect(environment?.usedBy).toEqual({ runs: ['iris-2', 'iris-1'], count: 2 });
    const folder = path.join(machine.home, 'runs', '2');
    const record = {
      schema: 1,
      seq: 1,
      id: 'iris-2',
      number: 2,
      name: 'iris',
      state: 'running',
      createdAt: 1000,
    };
    const rest = { pipeline: { id: 'iris', name: 'iris' }, arguments: {}, tasks: [] };
    await writeFile(path.join(folder, 'run.json'), JSON.stringify({ ...record, ...rest }));
    const runner = { pid: process.pid, startTime: null, bootId: null };
    await writeFile(path.join(folder, 'runner.json'), JSON.stringify(runner));
    await expect(machine.backend.environments?.remove('aaa', never)).rejects.toThrow(
      'The environment aaa is in use by iris-2.',
    );
  });

  it('include what interrupted builds and removals left, which can be removed', async () => {
    machine = await aMachine();
    await add(machine.folder, '.build-1234', undefined, 1000);
    await add(machine.folder, '.removed-1234', ['kfp==2.17.0'], 1000);
    await writeFile(path.join(machine.folder, 'aaa.lock'), '');
    const all = (await machine.backend.environments?.list(never)) ?? [];
    expect(all.map(({ state }) => state)).toEqual(['unfinished', 'unfinished']);
    for (const { id } of all) await machine.backend.environments?.remove(id, never);
    expect(await machine.backend.environments?.list(never)).toEqual([]);
  });
});

describe('measuring a folder', () => {
  let folder = '';
  afterEach(() => rm(folder, { recursive: true }));
  const bound = { files: 100, ms: 10_000 };

  it('follows no links and counts a file with two names once', async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mlops-measure-'));
    await mkdir(path.join(folder, 'one', 'deep'), { recursive: true });
    await writeFile(path.join(folder, 'outside'), 'x'.repeat(1_000_000));
    await writeFile(path.join(folder, 'one', 'deep', 'a'), 'x'.repeat(1000));
    await link(path.join(folder, 'one', 'deep', 'a'), path.join(folder, 'one', 'b'));
    await symlink(folder, path.join(folder, 'one', 'up'));
    await symlink(path.join(folder, 'outside'), path.join(folder, 'one', 'c'));
    const { bytes, complete } = await measureFolder(path.join(folder, 'one'), bound, never);
    expect(complete).toBe(true);
    expect(bytes).toBeGreaterThanOrEqual(1000);
    expect(bytes).toBeLessThan(2000);
  });

  it('stops at the bound', async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mlops-measure-'));
    for (let file = 0; file < 5; file += 1) await writeFile(path.join(folder, String(file)), 'x');
    expect(await measureFolder(folder, { ...bound, files: 3 }, never)).toEqual({ bytes: 3, complete: false });
    await expect(measureFolder(folder, bound, AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled',
    });
    expect(await readdir(folder)).toHaveLength(5);
  });
});
