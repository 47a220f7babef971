import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunId } from '../../core/domain/run.ts';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { homeAt } from './home.ts';
import { keepPrivate } from './homeRights.ts';
import { allocateNumber } from './runs/allocate.ts';
import { claimKey } from './runs/idempotency.ts';

let folder: string;
let root: string;
let umask: number;
const log = new SilentLog();

beforeEach(() => {
  umask = process.umask(0o022);
  folder = fs.mkdtempSync(path.join(tmpdir(), 'mlops-rights-'));
  root = path.join(folder, 'data', 'home');
  log.lines.length = 0;
});
afterEach(() => {
  process.umask(umask);
  fs.rmSync(folder, { recursive: true });
});

const rights = (...names: string[]) => (fs.statSync(path.join(root, ...names)).mode & 0o7777).toString(8);

it('makes a new home private and logs nothing', async () => {
  expect(await keepPrivate(homeAt(root), log)).toBe(false);
  expect(rights()).toBe('700');
  expect(log.lines).toEqual([]);
});

it('makes an existing home private once when others can read it', async () => {
  fs.mkdirSync(path.join(root, 'runs', '1'), { recursive: true });
  expect(await keepPrivate(homeAt(root), log)).toBe(true);
  expect([rights(), rights('runs')]).toEqual(['700', '700']);
  expect(await keepPrivate(homeAt(root), log)).toBe(false);
});

it('makes the target of a link private when the home is a link', async () => {
  const elsewhere = path.join(folder, 'disk');
  fs.mkdirSync(elsewhere);
  fs.mkdirSync(path.dirname(root));
  fs.symlinkSync(elsewhere, root);
  expect(await keepPrivate(homeAt(root), log)).toBe(true);
  expect(rights()).toBe('700');
});

it('keeps the rights of a folder with other things in it and makes our own folders in it private', async () => {
  fs.mkdirSync(path.join(root, 'runs'), { recursive: true });
  fs.mkdirSync(path.join(root, 'papers'));
  fs.mkdirSync(path.join(folder, 'shared'));
  fs.symlinkSync(path.join(folder, 'shared'), path.join(root, 'objects'));
  expect(await keepPrivate(homeAt(root), log)).toBe(true);
  expect([rights(), rights('papers'), rights('runs'), rights('objects')]).toEqual([
    '755',
    '755',
    '700',
    '755',
  ]);
  expect(await keepPrivate(homeAt(root), log)).toBe(false);
});

it('logs that a home cannot be created or changed', async () => {
  fs.writeFileSync(path.join(folder, 'data'), '');
  expect(await keepPrivate(homeAt(root), log)).toBe(false);
  expect(log.lines).toEqual([expect.stringMatching(/^warn .*may be read by others/)]);
});

it('leaves a home that belongs to another user unchanged and logs it', async () => {
  fs.mkdirSync(root, { recursive: true });
  const chmod = () => Promise.reject(Object.assign(new Error('not yours'), { code: 'EPERM' }));
  expect(await keepPrivate(homeAt(root), log, { platform: 'linux', chmod })).toBe(false);
  expect(log.lines).toEqual([`warn ${root} stays open to others on this machine (EPERM).`]);
});

it('changes no rights on Windows', async () => {
  expect(await keepPrivate(homeAt(root), log, { platform: 'win32', chmod: fs.promises.chmod })).toBe(false);
  expect(fs.existsSync(root)).toBe(false);
});

it('writes private files, or files with the umask’s rights when the home is shared', async () => {
  const home = homeAt(root);
  await allocateNumber(home);
  await claimKey(home, 'a', 'r-1' as RunId);
  const key = fs.readdirSync(home.keys)[0] ?? '';
  expect([rights('runs'), rights('runs', '1'), rights('runs', '.last')]).toEqual(['700', '700', '600']);
  expect([rights('runs', '.keys'), rights('runs', '.keys', key)]).toEqual(['700', '600']);

  root = path.join(folder, 'shared');
  await allocateNumber(homeAt(root, { shared: true }));
  expect([rights('runs'), rights('runs', '1'), rights('runs', '.last')]).toEqual(['755', '755', '644']);
});
