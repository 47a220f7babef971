import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FolderFiles } from '../../../test/fakes/folderFiles.ts';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { ifThere } from '../node/files.ts';
import { findPython } from './findPython.ts';
import { leadsThrough } from './leadsThrough.ts';
import { PythonProbe } from './probe.ts';
import { Programs } from './programs.ts';

const never = new AbortController().signal;
const says = {
  version: '3.11.7',
  venv: true,
  ensurepip: true,
  pip: '24.0',
  externallyManaged: false,
  kfp: null,
};

let root: string;
let workspace: string;
let outside: string;
let ran: string;
let files: FolderFiles;

beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'mlops-programs-')));
  workspace = path.join(root, 'ws');
  outside = path.join(root, 'outside');
  ran = path.join(root, 'ran');
  for (const folder of [path.join(workspace, 'bin'), outside]) await mkdir(folder, { recursive: true });
  for (const name of ['python3', 'uv', 'cat']) await program(path.join(workspace, 'bin', name));
  await program(path.join(outside, 'python3'));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  await rm(ran, { force: true });
  files = new FolderFiles(workspace);
  files.isTrusted = false;
});

/** A program that notes its name when it is run, with how and where, and answers like an interpreter. */
async function program(file: string, executable = file): Promise<string> {
  const answer = JSON.stringify({ executable, platform: 'linux', ...says });
  const note = `echo "$0 $* in $(pwd) with $PATH" >> '${ran}'`;
  await writeFile(file, `#!/bin/sh\n${note}\ncase "$*" in *.py) echo '${answer}';; esac\n`);
  await chmod(file, 0o755);
  return file;
}

const whatRan = async () => (await ifThere(readFile(ran, 'utf8'))) ?? '';

function find(candidate: string, searched = '/usr/bin:/bin') {
  const programs = new Programs(files, { PATH: searched });
  const choice = { candidates: () => Promise.resolve([{ path: candidate, from: 'PATH' }]) };
  const probe = new PythonProbe(outside, programs);
  return findPython({ choice, programs, probe, log: new SilentLog() }, never);
}

describe('Programs in Restricted Mode', () => {
  it.each<[string, () => Promise<string> | string]>([
    ['an interpreter below the folder', () => path.join(workspace, 'bin/python3')],
    ['one by a way out of the folder and back', () => `${outside}/../ws/bin/python3`],
    ['a link to one', () => link('to-file', path.join(workspace, 'bin/python3'))],
    ['a link to a link to one', async () => link('to-link', await link('to-file2', '../ws/bin/python3'))],
    ['a link to the folder', async () => path.join(await link('to-folder', workspace), 'bin/python3')],
    ['a link through the folder to one outside', () => throughTheFolder()],
    ['one that goes in circles', () => link('circle', 'circle')],
  ])('does not run %s', async (_, candidate) => {
    expect(await find(await candidate())).toHaveProperty('blocker');
    expect(await whatRan()).toBe('');
  });

  it('never runs a program that a relative PATH entry finds, in any mode', async () => {
    const relative = `../${path.basename(root)}/ws/bin/python3`;
    expect(await find(relative, path.dirname(root))).toHaveProperty('blocker');
    files.isTrusted = true;
    expect(await find(relative, path.dirname(root))).toHaveProperty('blocker');
    expect(await find('bin\\python3', workspace)).toHaveProperty('blocker');
    expect(await whatRan()).toBe('');
  });

  it('skips PATH entries below the workspace folder, also for uv', async () => {
    const searched = [`${workspace}/bin`, 'bin', '', '.', outside, '/usr/bin', '/bin'].join(':');
    const result = await find('python3', searched);
    expect(result).toMatchObject({ found: { python: { executable: `${outside}/python3` } }, uv: undefined });
    expect(await whatRan()).not.toContain('ws/bin');
  });

  it('passes a program no workspace paths and no packages that may come from there', async () => {
    const searched = [`${workspace}/bin`, 'bin', '', outside, '/usr/bin', '/bin'].join(':');
    await find('python3', searched);
    expect(await whatRan()).toBe(
      `${outside}/python3 -I -S ${outside}/probe_python.py in ${outside} with ${outside}:/usr/bin:/bin\n`,
    );
  });

  it('rejects an interpreter that starts one in the workspace folder', async () => {
    const shim = await program(path.join(outside, 'shim'), path.join(workspace, 'bin/python3'));
    expect(await find(shim)).toHaveProperty('blocker');
    expect(await whatRan()).not.toContain('ws/bin/python3');
  });

  it('refuses to look things up with a program of the workspace folder', async () => {
    const look = {
      python: path.join(workspace, 'bin/python3'),
      script: '/x/look.py',
      deadlineMs: 5000,
      what: '',
    };
    await expect(new Programs(files).look(look, never)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('looks everything up again once the workspace is trusted', async () => {
    const programs = new Programs(files, { PATH: '/usr/bin:/bin' });
    const probe = new PythonProbe(outside, programs);
    await probe.look(path.join(outside, 'python3'), never);
    await probe.look(path.join(outside, 'python3'), never);
    await expect(probe.look(path.join(workspace, 'bin/python3'), never)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    files.isTrusted = true;
    expect(await probe.look(path.join(workspace, 'bin/python3'), never)).toMatchObject({ version: '3.11.7' });
    await probe.look(path.join(outside, 'python3'), never);
    const lines = (await whatRan()).trim().split('\n');
    expect(lines.map((line) => line.replace(/ \/\S+\.py.*/, ''))).toEqual([
      `${outside}/python3 -I -S`,
      `${workspace}/bin/python3 -I`,
      `${outside}/python3 -I`,
    ]);
  });
});

describe('leadsThrough', () => {
  it('recognises a path below a folder that is named by a link or in another spelling', async () => {
    const other = await link('same-workspace', workspace);
    expect(await leadsThrough(path.join(workspace, 'bin/python3'), [other])).toBe(true);
    expect(await leadsThrough(path.join(workspace, 'bin/python3'), [`${workspace}/bin/..`])).toBe(true);
    expect(await leadsThrough(path.join(outside, 'python3'), [workspace])).toBe(false);
    expect(await leadsThrough('/bin/sh', ['/'])).toBe(true);
  });

  it('does not match a folder whose name only begins the same', async () => {
    const beside = `${workspace}-2`;
    await mkdir(beside);
    expect(await leadsThrough(await program(path.join(beside, 'python3')), [workspace])).toBe(false);
  });
});

async function link(name: string, target: string): Promise<string> {
  const file = path.join(outside, name);
  await symlink(target, file);
  return file;
}

async function throughTheFolder(): Promise<string> {
  await symlink(path.join(outside, 'python3'), path.join(workspace, 'out'));
  expect((await stat(path.join(workspace, 'out'))).isFile()).toBe(true);
  return link('through', '../ws/out');
}
