import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../test/fakes/fakeClock.ts';
import { MemoryApprovalStore } from '../../../../test/fakes/memoryApprovalStore.ts';
import { Approvals } from './approvals.ts';
import { asTheyAre, contentOf } from '../python/reads.ts';

const never = new AbortController().signal;
const state = { trusted: true, compiles: false, outlined: 0 };
let folder: string;
let store: MemoryApprovalStore;
let clock: FakeClock;
let imports: readonly string[];
let approvals: Approvals;

const fileAt = (name: string) => path.join(folder, name);
const write = (name: string, text: string) => writeFile(fileAt(name), text);
const open = () =>
  new Approvals({
    store,
    clock,
    trusted: () => state.trusted,
    importsOf: async () => {
      state.outlined += 1;
      return imports;
    },
    canCompile: async () => state.compiles,
    isSample: async (file) => file.endsWith('sample.py'),
  });
const allows = (name = 'a.py', fn = 'f') => approvals.allows({ file: fileAt(name), function: fn }, never);
const compiled = async (names: readonly string[], unknown?: string) => {
  const reads = await asTheyAre(names.map((name) => contentOf(fileAt(name))));
  const what = unknown === undefined ? { reads } : { reads, unknown };
  approvals.record({ file: fileAt('a.py'), function: 'f' }, what);
};
const save = async (name: string, text: string) => {
  const saved = await approvals.saving(fileAt(name));
  await write(name, text);
  await saved();
};

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-approvals-'));
  await write('a.py', 'import b');
  await write('b.py', '');
  await write('settings.yaml', '');
  store = new MemoryApprovalStore();
  clock = new FakeClock();
  imports = [fileAt('a.py'), fileAt('b.py')];
  Object.assign(state, { trusted: true, compiles: false, outlined: 0 });
  approvals = open();
});
afterEach(() => rm(folder, { recursive: true }));

describe('an approval of a file', () => {
  it('covers the file and its imports before it is compiled', async () => {
    expect(await allows()).toBe(false);
    await approvals.approve(fileAt('a.py'), never);
    expect(await allows()).toBe(true);
    await write('b.py', 'changed');
    expect(await allows()).toBe(false);
  });

  it('does not cover a module that is imported later', async () => {
    await approvals.approve(fileAt('a.py'), never);
    await clock.advance(60_000);
    expect(await allows()).toBe(true);
    await write('c.py', '');
    imports = [...imports, fileAt('c.py')];
    expect(await allows()).toBe(false);
  });

  it('covers everything that compiling read, once it is compiled', async () => {
    await approvals.approve(fileAt('a.py'), never);
    await compiled(['a.py', 'b.py', 'settings.yaml']);
    expect(await allows()).toBe(true);
    expect(await allows('a.py', 'g')).toBe(true);
    await write('settings.yaml', 'changed');
    expect(await allows()).toBe(false);
    expect(await allows('a.py', 'g')).toBe(false);
  });

  it('does not cover a change made just before compiling', async () => {
    await approvals.approve(fileAt('a.py'), never);
    await write('b.py', 'changed');
    await expect(compiled(['a.py', 'b.py'])).rejects.toMatchObject({ kind: 'conflict' });
    expect(await allows()).toBe(false);
  });

  it('takes no outline of a file that is compiled at once, and does not cover a change made before that', async () => {
    state.compiles = true;
    await approvals.approve(fileAt('a.py'), never);
    expect(await allows()).toBe(true);
    await write('b.py', 'changed');
    await expect(compiled(['a.py', 'b.py'])).rejects.toMatchObject({ kind: 'conflict' });
    expect(state.outlined).toBe(0);
  });

  it('lasts an hour within the session where it is unknown what compiling reads', async () => {
    await approvals.approve(fileAt('a.py'), never);
    await compiled(['a.py'], 'it ran another program');
    expect(await allows()).toBe(true);
    expect(await open().allows({ file: fileAt('a.py'), function: 'f' }, never)).toBe(false);
    await clock.advance(3_700_000);
    expect(await allows()).toBe(false);
  });

  it('survives a reload and ends with trust', async () => {
    await approvals.approve(fileAt('a.py'), never);
    await compiled(['a.py']);
    approvals = open();
    expect(await allows()).toBe(true);
    state.trusted = false;
    expect(approvals.list()).toEqual([]);
    expect(store.kept).toBeUndefined();
    state.trusted = true;
    expect(await allows()).toBe(false);
  });

  it('is not needed for a sample, and an unreadable record counts as none', async () => {
    expect(await allows('sample.py')).toBe(true);
    store.kept = { files: [{ path: 1 }] };
    approvals = open();
    expect(approvals.list()).toEqual([]);
  });

  it('does not cover later saves', async () => {
    await approvals.approve(fileAt('a.py'), never);
    await save('a.py', 'saved');
    expect(await allows()).toBe(false);
  });
});

describe('an approval of a folder', () => {
  beforeEach(() => approvals.approveFolder(folder, [fileAt('a.py'), fileAt('b.py')]));

  it('replaces the approvals of its files and revokes them with its own', async () => {
    await approvals.approve(fileAt('a.py'), never);
    expect(approvals.list().map(({ id }) => id)).toEqual([`folder:${folder}`]);
    approvals.revoke([`folder:${folder}`]);
    expect(await allows()).toBe(false);
  });

  it('covers later saves, also after a press approved a change by another program', async () => {
    await write('a.py', 'another program');
    expect(await allows()).toBe(false);
    await approvals.approve(fileAt('a.py'), never);
    await save('a.py', 'the person');
    expect(await allows()).toBe(true);
  });

  it('does not cover saves on top of an outside change', async () => {
    expect(await allows()).toBe(true);
    await compiled(['a.py', 'b.py', 'settings.yaml']);
    await write('settings.yaml', 'pulled');
    await save('a.py', 'saved');
    expect(await allows()).toBe(false);
  });
});
