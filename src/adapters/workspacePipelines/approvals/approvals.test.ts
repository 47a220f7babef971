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

const at = (name: string) => path.join(folder, name);
const write = (name: string, text: string) => writeFile(at(name), text);
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
const allows = (name = 'a.py', fn = 'f') => approvals.allows({ file: at(name), function: fn }, never);
const compiled = async (names: readonly string[], unknown?: string) => {
  const reads = await asTheyAre(names.map((name) => contentOf(at(name))));
  const what = unknown === undefined ? { reads } : { reads, unknown };
  approvals.record({ file: at('a.py'), function: 'f' }, what);
};
const save = async (name: string, text: string) => {
  const saved = await approvals.saving(at(name));
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
  imports = [at('a.py'), at('b.py')];
  Object.assign(state, { trusted: true, compiles: false, outlined: 0 });
  approvals = open();
});
afterEach(() => rm(folder, { recursive: true }));

describe('a yes for a file', () => {
  it('is for the file and what it imports, before it is compiled', async () => {
    expect(await allows()).toBe(false);
    await approvals.approve(at('a.py'), never);
    expect(await allows()).toBe(true);
    await write('b.py', 'changed');
    expect(await allows()).toBe(false);
  });

  it('is not for a module that comes to be imported later', async () => {
    await approvals.approve(at('a.py'), never);
    await clock.advance(60_000);
    expect(await allows()).toBe(true);
    await write('c.py', '');
    imports = [...imports, at('c.py')];
    expect(await allows()).toBe(false);
  });

  it('is for all that compiling read, once it is compiled', async () => {
    await approvals.approve(at('a.py'), never);
    await compiled(['a.py', 'b.py', 'settings.yaml']);
    expect(await allows()).toBe(true);
    expect(await allows('a.py', 'g')).toBe(true);
    await write('settings.yaml', 'changed');
    expect(await allows()).toBe(false);
    expect(await allows('a.py', 'g')).toBe(false);
  });

  it('is no yes for what was changed at the moment when it was compiled', async () => {
    await approvals.approve(at('a.py'), never);
    await write('b.py', 'changed');
    await expect(compiled(['a.py', 'b.py'])).rejects.toMatchObject({ kind: 'conflict' });
    expect(await allows()).toBe(false);
  });

  it('needs no outline of a file that is compiled at once, and is no yes for what changes until then either', async () => {
    state.compiles = true;
    await approvals.approve(at('a.py'), never);
    expect(await allows()).toBe(true);
    await write('b.py', 'changed');
    await expect(compiled(['a.py', 'b.py'])).rejects.toMatchObject({ kind: 'conflict' });
    expect(state.outlined).toBe(0);
  });

  it('holds for an hour, and in this session, where it is not known what compiling reads', async () => {
    await approvals.approve(at('a.py'), never);
    await compiled(['a.py'], 'it ran another program');
    expect(await allows()).toBe(true);
    expect(await open().allows({ file: at('a.py'), function: 'f' }, never)).toBe(false);
    await clock.advance(3_700_000);
    expect(await allows()).toBe(false);
  });

  it('is kept, and goes with trust', async () => {
    await approvals.approve(at('a.py'), never);
    await compiled(['a.py']);
    approvals = open();
    expect(await allows()).toBe(true);
    state.trusted = false;
    expect(approvals.list()).toEqual([]);
    expect(store.kept).toBeUndefined();
    state.trusted = true;
    expect(await allows()).toBe(false);
  });

  it('is not needed for a sample; a record that cannot be read is none', async () => {
    expect(await allows('sample.py')).toBe(true);
    store.kept = { files: [{ path: 1 }] };
    approvals = open();
    expect(approvals.list()).toEqual([]);
  });

  it('does not cover what the person saves later', async () => {
    await approvals.approve(at('a.py'), never);
    await save('a.py', 'saved');
    expect(await allows()).toBe(false);
  });
});

describe('a yes for a folder', () => {
  beforeEach(() => approvals.approveFolder(folder, [at('a.py'), at('b.py')]));

  it('names its files no more, and takes them back with it', async () => {
    await approvals.approve(at('a.py'), never);
    expect(approvals.list().map(({ id }) => id)).toEqual([`folder:${folder}`]);
    approvals.revoke([`folder:${folder}`]);
    expect(await allows()).toBe(false);
  });

  it('goes on with what the person saves, after a press for what another program wrote, too', async () => {
    await write('a.py', 'another program');
    expect(await allows()).toBe(false);
    await approvals.approve(at('a.py'), never);
    await save('a.py', 'the person');
    expect(await allows()).toBe(true);
  });

  it('does not go on over a change from elsewhere', async () => {
    expect(await allows()).toBe(true);
    await compiled(['a.py', 'b.py', 'settings.yaml']);
    await write('settings.yaml', 'pulled');
    await save('a.py', 'saved');
    expect(await allows()).toBe(false);
  });
});
