// What is fetched is kept once for a person: where, and that processes which want it at the same time do not meet.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cachePlace, ensureCached } from '../../scripts/lib/cache.mjs';
import { takeLock } from '../../scripts/lib/lock.mjs';
import { runCommand } from '../../scripts/lib/runCommand.mjs';
import { root } from '../../scripts/node24.mjs';

let cache: string;
beforeEach(() => void (cache = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-cache-'))));
afterEach(() => fs.rmSync(cache, { recursive: true, force: true }));

const put = (text: string) => (folder: string) => fs.writeFileSync(path.join(folder, 'tool'), text);
const toolIn = (folder: string) => fs.readFileSync(path.join(folder, 'tool'), 'utf8');

describe('the place of the cache', () => {
  it.each([
    [{ MLOPS_CACHE: '/mnt/cache', XDG_CACHE_HOME: '/xdg' }, 'linux', '/mnt/cache'],
    [{ XDG_CACHE_HOME: '/xdg' }, 'linux', path.join('/xdg', 'mlops-chat')],
    [{}, 'linux', path.join('/home/ada', '.cache', 'mlops-chat')],
    [{}, 'darwin', path.join('/home/ada', 'Library', 'Caches', 'mlops-chat')],
    [{ LOCALAPPDATA: '/local' }, 'win32', path.join('/local', 'mlops-chat', 'cache')],
  ])('%j on %s: %s', (env, platform, place) => {
    expect(cachePlace(env, platform, '/home/ada')).toBe(place);
  });
});

describe('a folder of the cache', () => {
  it('is created once', async () => {
    const folder = await ensureCached('tool-1', put('first'), cache);
    expect(await ensureCached('tool-1', put('second'), cache)).toBe(folder);
    expect(toolIn(folder)).toBe('first');
  });

  it('is created again when its creation was interrupted', async () => {
    fs.mkdirSync(path.join(cache, 'tool-1'));
    fs.writeFileSync(path.join(cache, 'tool-1', 'half'), '');
    const folder = await ensureCached('tool-1', put('whole'), cache);
    expect([toolIn(folder), fs.existsSync(path.join(folder, 'half'))]).toEqual(['whole', false]);
  });

  it('is removed when its creation fails, and the next call tries again', async () => {
    const failing = ensureCached('tool-1', () => Promise.reject(new Error('No network.')), cache);
    await expect(failing).rejects.toThrow('No network.');
    expect(fs.readdirSync(cache)).toEqual([]);
    expect(toolIn(await ensureCached('tool-1', put('later'), cache))).toBe('later');
  });

  it('is created by one of several processes, and the others wait for it', async () => {
    const module = pathToFileURL(path.join(root, 'scripts', 'lib', 'cache.mjs')).href;
    const code = `
      const { ensureCached } = await import('${module}');
      const fs = await import('node:fs');
      const { setTimeout } = await import('node:timers/promises');
      const folder = await ensureCached('tool-1', async (made) => {
        fs.appendFileSync(${JSON.stringify(path.join(cache, 'makers'))}, 'm');
        await setTimeout(300);
        fs.writeFileSync(made + '/tool', 'whole');
      }, ${JSON.stringify(cache)});
      console.log(fs.readFileSync(folder + '/tool', 'utf8'));`;
    const start = () => runCommand(process.execPath, ['--input-type=module', '-e', code]);
    const ended = await Promise.all([start(), start(), start()]);
    expect(ended.map(({ output }) => output.trim())).toEqual(['whole', 'whole', 'whole']);
    expect(fs.readFileSync(path.join(cache, 'makers'), 'utf8')).toBe('m');
  });
});

describe('a lock of the cache', () => {
  const lock = () => path.join(cache, 'some.lock');

  it('is taken over from a process that has ended', async () => {
    const { output } = await runCommand(process.execPath, ['-p', 'process.pid']);
    fs.writeFileSync(lock(), `${output.trim()} ${os.hostname()}`);
    const release = await takeLock(lock());
    release();
    expect(fs.readdirSync(cache)).toEqual([]);
  });

  it('from another host counts for an hour, since that host’s processes cannot be checked', async () => {
    fs.writeFileSync(lock(), '1 another-host');
    const old = new Date(Date.now() - 61 * 60_000);
    let taken = false;
    const waiting = takeLock(lock()).then((release) => ((taken = true), release));
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toBe(false);
    fs.utimesSync(lock(), old, old);
    (await waiting)();
  });
});
