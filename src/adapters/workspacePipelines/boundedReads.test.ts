import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unreadText } from '../../core/text/someNames.ts';
import { FolderFiles } from '../../../test/fakes/folderFiles.ts';
import type { WorkspaceFile } from '../../core/ports/workspaceFiles.ts';
import { readBounded } from '../node/files.ts';
import { BoundedReads } from './boundedReads.ts';
import { PipelineCatalog } from './catalog.ts';

const never = new AbortController().signal;
const sample = path.resolve(import.meta.dirname, '../../../test/contract/pipelines/quick.yaml');
const file = (name: string): WorkspaceFile => ({ path: `/workspace/${name}`, label: name });
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('reading files when some cannot be read', () => {
  const hangs = new Promise<string>(() => undefined);
  const read = ({ label }: WorkspaceFile) => (label === 'slow' ? hangs : Promise.resolve(`text of ${label}`));

  it('skips a file that never answers and says so', async () => {
    const reads = new BoundedReads(read, 50);
    const unread: string[] = [];
    const contents = await Promise.all(
      ['a', 'slow', 'b'].map((name) => reads.read(file(name), never, unread)),
    );
    expect(contents).toEqual(['text of a', undefined, 'text of b']);
    expect(unreadText(unread)).toBe('Could not be read: slow (it did not answer within 0.05 s).');
  });

  it('requests a file that does not answer only once', async () => {
    let asked = 0;
    const reads = new BoundedReads(() => {
      asked += 1;
      return hangs;
    }, 10);
    for (let time = 0; time < 3; time += 1) await reads.read(file('slow'), never, []);
    expect(asked).toBe(1);
  });

  it('ends when it is cancelled', async () => {
    const cancel = new AbortController();
    const reading = new BoundedReads(read).read(file('slow'), cancel.signal, []);
    cancel.abort();
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('names a few of many unreadable files', () => {
    expect(unreadText(['a', 'b', 'c', 'd', 'e'])).toBe('Could not be read: a, b, c and 2 more.');
    expect(unreadText([])).toBe('');
  });
});

describe.runIf(process.platform !== 'win32')('the pipelines of a folder', () => {
  /** Every name of the folder, whatever it is. */
  class AllNames extends FolderFiles {
    override async find(endings: readonly string[]) {
      const names = ['quick.yaml', 'loop.yaml', 'loop.json', 'pipe.yaml', 'loop.py', 'zero.json'];
      const files = names.map((name) => ({ path: path.join(folder, name), label: name }));
      return {
        files: files.filter((one) => endings.some((ending) => one.path.endsWith(ending))),
        cut: false,
      };
    }
  }

  it('are listed beside files that cannot be read, which are named', async () => {
    await copyFile(sample, path.join(folder, 'quick.yaml'));
    for (const name of ['loop.yaml', 'loop.json']) await symlink(name, path.join(folder, name));
    await symlink('/dev/zero', path.join(folder, 'zero.json'));
    execFileSync('mkfifo', [path.join(folder, 'pipe.yaml')]);
    const finder = { find: () => Promise.resolve({ pipelines: [], unread: ['loop.py (why)'] }) };
    const catalog = new PipelineCatalog(new AllNames(folder), finder, path.join(folder, 'none'));
    const { entries, cut } = await catalog.all(never);
    expect(entries.map(({ summary }) => summary.name)).toEqual(['quick']);
    expect(cut).toBe(
      'Could not be read: loop.yaml (a link that leads round in a circle), loop.json (a link that leads round in a circle), loop.py (why).',
    );
  });

  it('are listed without waiting for a file that has nothing to read yet', async () => {
    const ended = await readBounded('/proc/kmsg', 1000).then(
      () => true,
      () => true,
    );
    expect(ended).toBe(true);
  });
});
