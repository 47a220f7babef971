import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../test/fakes/fakeClock.ts';
import { SilentLog } from '../../../../test/fakes/silentLog.ts';
import type { RunId } from '../../../core/domain/run.ts';
import { environmentUses } from '../environments/environmentUses.ts';
import { homeAt, type Home } from '../home.ts';
import { RunReader } from './readRun.ts';
import { listRuns } from './listRuns.ts';
import { deleteRun, getRun } from './runAccess.ts';
import { watchHome } from './watchHome.ts';

const never = new AbortController().signal;
const day = 24 * 3600 * 1000;
const posix = process.platform !== 'win32';
let root: string;
let home: Home;
let clock: FakeClock;
let reader: RunReader;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'mlops-runs-'));
  home = homeAt(root);
  await mkdir(home.runs);
  clock = new FakeClock(Date.now());
  reader = new RunReader(home, clock);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const head = (number: number, more: object = {}) => ({
  id: `iris-${number}`,
  number,
  name: `iris-${number}`,
  createdAt: clock.now(),
  pipeline: { id: 'iris', name: 'iris' },
  arguments: {},
  ...more,
});
const record = (number: number, more: object = {}) => ({
  ...head(number),
  ...{ schema: 1, seq: 3, state: 'succeeded', startedAt: 1, endedAt: 2, tasks: [], ...more },
});

/** The folder of a run with these files; `seconds` is how long ago it was made. */
async function run(
  number: number,
  files: { readonly [name: string]: object | string },
  seconds = 60,
): Promise<string> {
  const folder = home.run(number);
  await mkdir(folder);
  for (const [name, content] of Object.entries(files))
    await writeFile(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  const time = clock.now() / 1000 - seconds;
  await utimes(folder, time, time);
  return folder;
}

const listed = async () => {
  const { items } = await listRuns(home, reader, { size: 200 }, never);
  return Object.fromEntries(items.map(({ id, state, error }) => [id, error?.message ?? state]));
};

describe.runIf(posix)('a record that cannot be read', () => {
  it('hides no other run and gives the reason', async () => {
    await run(1, { 'run.json': record(1) });
    await symlink('run.json', path.join(await run(2, { 'request.json': head(2) }), 'run.json'));
    execFileSync('mkfifo', [path.join(await run(3, {}), 'run.json')]);
    await symlink('/dev/zero', path.join(await run(4, {}), 'run.json'));
    await symlink('4', home.run(5));
    await symlink('6', home.run(6));
    await run(7, { 'run.json': record(7) });
    expect(await listed()).toEqual({
      'iris-1': 'succeeded',
      'iris-2': expect.stringContaining('cannot be read (a link that leads round in a circle)'),
      'run-3': expect.stringContaining('its run.json is no file'),
      'run-4': expect.stringContaining('its run.json is no file'),
      'run-5': expect.stringContaining('its run.json is no file'),
      'run-6': expect.stringContaining('a link that leads round in a circle'),
      'iris-7': 'succeeded',
    });
  });

  it('belongs to a run that can be deleted', async () => {
    const folder = await run(2, { 'request.json': head(2) });
    await symlink('run.json', path.join(folder, 'run.json'));
    await deleteRun(home, reader, 'iris-2' as RunId);
    expect(existsSync(folder)).toBe(false);
  });

  it('is listed under the number of its folder, not under that of its record', async () => {
    await run(1, { 'run.json': record(1) });
    await run(2, { 'run.json': record(1), 'request.json': head(1) });
    expect(await listed()).toEqual({
      'iris-1': 'succeeded',
      'run-2': expect.stringContaining('that of another run, iris-1'),
    });
    await deleteRun(home, reader, 'run-2' as RunId);
    expect(Object.keys(await listed())).toEqual(['iris-1']);
  });

  it('is shown as running while its runner lives', async () => {
    const me = { pid: process.pid, startTime: null, bootId: null };
    await run(1, { 'run.json': '[', 'request.json': head(1), 'runner.json': me });
    expect(await getRun(reader, 'iris-1' as RunId)).toMatchObject({ state: 'running' });
    await expect(deleteRun(home, reader, 'iris-1' as RunId)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('does not hide which environments other runs use', async () => {
    await symlink('request.json', path.join(await run(1, {}), 'request.json'));
    await run(2, { 'request.json': { ...head(2), environments: [{ id: 'e' }] } });
    expect([...(await environmentUses(home, never)).keys()]).toEqual(['e']);
  });
});

describe('a run whose creation was interrupted', () => {
  it.each([
    ['missing', {}],
    ['empty', { 'request.json': '' }],
    ['half', { 'request.json': '{"id":"iris-1","num' }],
    ['of another run', { 'request.json': { id: 'iris-9', number: 9 } }],
  ])('is listed and can be deleted when its request is %s', async (_, files) => {
    const folder = await run(1, files);
    expect(await listed()).toEqual({ 'run-1': expect.stringContaining('creation was cut off') });
    expect(await getRun(reader, 'run-1' as RunId)).toMatchObject({
      state: 'interrupted',
      error: { hint: expect.stringContaining('Delete it') },
    });
    await deleteRun(home, reader, 'run-1' as RunId);
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    ['ahead', day],
    ['behind', -day],
  ])('is listed even when the clock was a day %s at its creation', async (_, ms) => {
    await run(1, { 'request.json': head(1, { createdAt: clock.now() + ms }) }, -ms / 1000);
    await run(2, { 'request.json': head(2, { createdAt: clock.now() + ms }) });
    expect(await listed()).toEqual({
      'iris-1': 'Its runner never began.',
      'iris-2': 'Its runner never began.',
    });
  });

  it('is not listed while its creation is under way', async () => {
    await run(1, {}, 2);
    await run(2, { 'request.json': head(2) }, 2);
    expect(await listed()).toEqual({});
  });

  it('stops being read again after a while when it is marked as active', async () => {
    await run(1, {});
    await writeFile(home.activeMarker(1), '');
    const unwatch = watchHome({ home, reader, clock, log: new SilentLog() }, () => undefined);
    await expect.poll(() => clock.advance(1000).then(() => existsSync(home.activeMarker(1)))).toBe(false);
    await expect.poll(() => clock.advance(2000).then(() => clock.waiting)).toBe(0);
    unwatch();
  });
});

describe('deleting a run from several windows at once', () => {
  it('succeeds in one window and throws notFound in the others', async () => {
    await run(1, { 'run.json': record(1) });
    const other = new RunReader(home, clock);
    const id = 'iris-1' as RunId;
    const results = await Promise.allSettled([
      deleteRun(home, reader, id),
      deleteRun(home, other, id),
      deleteRun(home, new RunReader(home, clock), id),
    ]);
    const failed = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(failed).toHaveLength(2);
    for (const error of failed) expect(error).toMatchObject({ kind: 'notFound' });
  });
});
