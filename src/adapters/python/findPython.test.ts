import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FolderFiles } from '../../../test/fakes/folderFiles.ts';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { findPython } from './findPython.ts';
import { PythonProbe } from './probe.ts';
import { Programs } from './programs.ts';

const never = new AbortController().signal;
const capable = {
  version: '3.11.7',
  venv: true,
  ensurepip: true,
  pip: '24.0',
  externallyManaged: false,
  kfp: null,
  platform: 'linux',
};

describe('findPython', () => {
  let folder: string;
  const log = new SilentLog();
  const originalPath = process.env['PATH'];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mlops-pythons-'));
  });
  beforeEach(() => {
    process.env['PATH'] = '/bin:/usr/bin'; // sh is there, uv is not
  });
  afterAll(async () => {
    process.env['PATH'] = originalPath;
    await rm(folder, { recursive: true });
  });

  /** An interpreter that says this of itself. */
  async function interpreter(name: string, says: object | string): Promise<{ path: string; from: string }> {
    const file = path.join(folder, name);
    const text = typeof says === 'string' ? says : JSON.stringify({ executable: file, ...says });
    await writeFile(file, `#!/bin/sh\ncat <<'END'\n${text}\nEND\n`);
    await chmod(file, 0o755);
    return { path: file, from: 'PATH' };
  }
  const find = (...candidates: { path: string; from: string }[]) => {
    const programs = new Programs(new FolderFiles());
    const choice = { candidates: () => Promise.resolve(candidates) };
    return findPython({ choice, programs, probe: new PythonProbe(folder, programs), log }, never);
  };

  it('picks the first Python that can create environments', async () => {
    const result = await find(
      { path: path.join(folder, 'not-there'), from: 'the setting' },
      await interpreter('no-python', 'hello'),
      await interpreter('old', { ...capable, version: '3.8.10' }),
      await interpreter('bare', { ...capable, venv: false }),
      await interpreter('good', capable),
      await interpreter('better', { ...capable, version: '3.13.0' }),
    );
    expect(result).toMatchObject({
      found: { python: { executable: path.join(folder, 'good') } },
      uv: undefined,
    });
  });

  it('accepts a Debian Python without ensurepip but with pip, and an externally managed Python', async () => {
    expect(
      await find(await interpreter('debian', { ...capable, ensurepip: false, externallyManaged: true })),
    ).toHaveProperty('found');
    expect(
      await find(await interpreter('no-pip', { ...capable, ensurepip: true, pip: null })),
    ).toHaveProperty('found');
  });

  it('needs neither venv nor pip where uv is available', async () => {
    const uv = await interpreter('uv', 'uv');
    process.env['PATH'] = `${folder}:/bin:/usr/bin`;
    const bare = await interpreter('bare2', { ...capable, venv: false, ensurepip: false, pip: null });
    expect(await find(bare)).toMatchObject({ uv: uv.path });
  });

  it.each<[string, object | undefined, string]>([
    ['no_python', undefined, 'No Python was found on this machine.'],
    ['python_too_old', { ...capable, version: '3.6.9' }, 'Python 3.6.9'],
    ['no_venv', { ...capable, ensurepip: false, pip: null }, 'packages cannot be installed'],
  ])('says %s and what to do', async (what, says, words) => {
    const candidates = says ? [await interpreter(what, says)] : [];
    const result = await find(...candidates);
    expect(result).toMatchObject({
      blocker: {
        what,
        message: expect.stringContaining(words),
        hint: expect.stringContaining('mlops.local.python'),
      },
    });
  });
});
