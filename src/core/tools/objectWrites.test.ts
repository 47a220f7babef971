import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import type { Question } from '../domain/question.ts';
import { everyLine } from '../text/renderQuestionPlain.ts';
import { findTool } from './table.ts';
import type { ToolDeps } from './tool.ts';

const signal = new AbortController().signal;
let store: MemoryObjectStore;
let backend: FakePipelineBackend;
/** What was asked, and what was put on the clipboard. */
let asked: Question[];
let copied: string[];
/** What happens while the person reads the question, and their answer. */
let meanwhile: () => unknown;
let answer: boolean;

beforeEach(() => {
  backend = new FakePipelineBackend(new FakeClock());
  store = new MemoryObjectStore()
    .put('data', 'a.csv', 'aaa')
    .put('data', 'old/b.csv', 'bb')
    .put('data', 'old/c.csv', 'c');
  asked = [];
  copied = [];
  meanwhile = () => undefined;
  answer = true;
});

const deps = (more: Partial<ToolDeps> = {}) =>
  toolDeps(backend, {
    objects: store,
    ask: async (question) => {
      asked.push(question);
      await meanwhile();
      return answer;
    },
    copy: async (text) => void copied.push(text),
    ...more,
  });
const call = async (name: string, input: object, more: Partial<ToolDeps> = {}) =>
  (await findTool(`mlops_${name}`)?.call(input, deps(more), signal))?.text ?? '';
const confirm = (name: string, input: object) => findTool(`mlops_${name}`)?.prepare(input, deps(), signal);
const lines = (question: Question | undefined) => (question === undefined ? [] : everyLine(question, 300));
async function keys(): Promise<readonly string[]> {
  const { items } = await store.listObjects('data', { prefix: '', deep: true }, signal);
  return items.map(({ key }) => key);
}

describe('deleting objects', () => {
  it('asks with the name and the size, and deletes that object alone', async () => {
    expect(await call('delete_objects', { bucket: 'data', keys: ['a.csv'] })).toBe(
      '`data/a.csv` (3 B) was deleted.',
    );
    expect(lines(asked[0])).toEqual(['Delete data/a.csv?', 'It (3 B) goes for good.']);
    expect(await keys()).toEqual(['old/b.csv', 'old/c.csv']);
  });

  it('asks with the number, the bytes and the names of all below a prefix', async () => {
    expect(await call('delete_objects', { bucket: 'data', prefix: 'old/' })).toBe(
      '2 objects below `data/old/` (3 B) were deleted.',
    );
    expect(lines(asked[0])).toEqual([
      'Delete all below data/old/?',
      '2 objects (3 B) go for good.',
      'Objects:',
      '  old/b.csv, 2 B',
      '  old/c.csv, 1 B',
    ]);
    expect(await keys()).toEqual(['a.csv']);
  });

  it('has the name of a bucket typed, and deletes it with all in it', async () => {
    expect(await call('delete_objects', { bucket: 'data', all: true })).toBe(
      'The bucket `data` was deleted, with 3 objects (6 B).',
    );
    expect(asked[0]?.typed).toBe('data');
    expect(await store.listBuckets(signal)).toEqual([]);
  });

  it('deletes nothing after a no', async () => {
    answer = false;
    expect(await call('delete_objects', { bucket: 'data', keys: ['a.csv'] })).toContain('the person said no');
    expect(await keys()).toHaveLength(3);
  });

  it('leaves what changed or came while the question stood', async () => {
    meanwhile = () => store.put('data', 'old/b.csv', 'changed', 7).put('data', 'old/new.csv', 'n');
    expect(await call('delete_objects', { bucket: 'data', prefix: 'old/' })).toBe(
      '1 object below `data/old/` (1 B) was deleted.\n- `old/b.csv` is still there: It changed after the question.',
    );
    expect(await keys()).toEqual(['a.csv', 'old/b.csv', 'old/new.csv']);
  });

  it('keeps a bucket in which something is left', async () => {
    meanwhile = () => store.put('data', 'a.csv', 'changed', 7);
    expect(await call('delete_objects', { bucket: 'data', all: true })).not.toContain('The bucket');
    expect(await keys()).toEqual(['a.csv']);
  });

  it('asks nothing about what is not there, or not named', async () => {
    await expect(confirm('delete_objects', { bucket: 'data', keys: ['x'] })).rejects.toThrow('data/x');
    await expect(confirm('delete_objects', { bucket: 'data' })).rejects.toThrow('not clear');
    await expect(confirm('delete_objects', { bucket: 'data', keys: ['a.csv'], all: true })).rejects.toThrow(
      'not clear',
    );
  });
});

describe('a link to an object', () => {
  it('is asked for with what it opens and for how long', async () => {
    const asks = await confirm('link_object', { bucket: 'data', key: 'a.csv' });
    expect(lines(asks?.question)).toEqual([
      'Make a link to data/a.csv?',
      'Whoever has it can read the object (3 B) without signing in, for 1 h. It goes to your clipboard alone.',
    ]);
  });

  it('goes to the clipboard and into no result', async () => {
    const text = await call('link_object', { bucket: 'data', key: 'a.csv', minutes: 30 });
    expect(text).toBe('A link to `data/a.csv` is on the clipboard. It works for 30 min, for whoever has it.');
    expect(copied).toEqual(['https://store.test/data/a.csv?X-Amz-Expires=1800&X-Amz-Signature=0']);
  });

  it('is not made to another object than was shown', async () => {
    const asks = await confirm('link_object', { bucket: 'data', key: 'a.csv' });
    store.put('data', 'a.csv', 'another');
    const agreed = asks?.agreed ?? '';
    await expect(call('link_object', { bucket: 'data', key: 'a.csv' }, { agreed })).rejects.toThrow(
      'changed',
    );
    expect(copied).toEqual([]);
  });
});

const file = (text: string, fingerprint = text): Partial<ToolDeps> => ({
  localFile: async (path) => ({
    label: path,
    name: path.slice(path.lastIndexOf('/') + 1),
    source: {
      size: text.length,
      fingerprint,
      read: async function* (offset, limit) {
        yield Buffer.from(text).subarray(offset, offset + limit);
      },
    },
  }),
});
async function textOf(key: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of store.read('data', key, { limit: 1000 }, signal)) parts.push(part);
  return Buffer.concat(parts).toString();
}
const agreedTo = async (name: string, input: object, more: Partial<ToolDeps> = {}) =>
  (await findTool(`mlops_${name}`)?.prepare(input, deps(more), signal))?.agreed ?? '';

describe('uploading', () => {
  it('asks with the size and what is there, and stores the file under its name', async () => {
    const input = { bucket: 'data', file: 'in/new.csv' };
    const asks = await findTool('mlops_upload_object')?.prepare(input, deps(file('n,m')), signal);
    expect(lines(asks?.question)).toEqual([
      'Upload in/new.csv to data/new.csv?',
      'It has 3 B. Nothing is there yet.',
    ]);
    expect(await call('upload_object', input, file('n,m'))).toBe(
      '`in/new.csv` is stored as `data/new.csv` (3 B).',
    );
    expect(await textOf('new.csv')).toBe('n,m');
  });

  it('says what it replaces', async () => {
    const input = { bucket: 'data', key: 'a.csv', text: 'anew' };
    const asks = await confirm('upload_object', input);
    expect(lines(asks?.question).slice(1)).toEqual([
      expect.stringMatching(/^It has 4 B\. It replaces the object that is there \(3 B, of 2026-/),
      'anew',
    ]);
    expect(await call('upload_object', input)).toContain('It replaced the one that was there.');
  });

  it('stores nothing where the file or the place is not what was shown', async () => {
    const input = { bucket: 'data', file: 'new.csv' };
    const agreed = await agreedTo('upload_object', input, file('n,m'));
    const changed = call('upload_object', input, { ...file('other'), agreed });
    await expect(changed).rejects.toThrow('changed after the question');
    store.put('data', 'new.csv', 'came');
    const came = call('upload_object', input, { ...file('n,m'), agreed });
    await expect(came).rejects.toThrow('changed after the question');
    expect(await textOf('new.csv')).toBe('came');
  });

  it('asks nothing where there is no bucket, no file or no key', async () => {
    await expect(confirm('upload_object', { bucket: 'nowhere', key: 'x', text: 'x' })).rejects.toThrow(
      'nowhere',
    );
    await expect(confirm('upload_object', { bucket: 'data', file: 'x' })).rejects.toThrow(
      'No folder is open',
    );
    await expect(confirm('upload_object', { bucket: 'data', text: 'x' })).rejects.toThrow('needs the key');
    await expect(confirm('upload_object', { bucket: 'data' })).rejects.toThrow('not clear');
  });
});

describe('copying and moving', () => {
  it('copies into a folder under the same name', async () => {
    expect(await call('copy_object', { bucket: 'data', key: 'a.csv', to: 'data/old/' })).toBe(
      '`data/a.csv` was copied to `data/old/a.csv` (3 B).',
    );
    expect(await keys()).toEqual(['a.csv', 'old/a.csv', 'old/b.csv', 'old/c.csv']);
  });

  it('moves what it asked about', async () => {
    const input = { bucket: 'data', key: 'a.csv', to: 'data/z.csv', move: true };
    const asks = await confirm('copy_object', input);
    expect(lines(asks?.question)).toEqual([
      'Move data/a.csv to data/z.csv?',
      'It has 3 B. Nothing is there yet.',
    ]);
    expect(await call('copy_object', input)).toBe('`data/a.csv` was moved to `data/z.csv` (3 B).');
    expect(await keys()).toEqual(['old/b.csv', 'old/c.csv', 'z.csv']);
  });

  it('does nothing where source or target changed after the question', async () => {
    const input = { bucket: 'data', key: 'a.csv', to: 'data/z.csv', move: true };
    const agreed = await agreedTo('copy_object', input);
    store.put('data', 'z.csv', 'came');
    await expect(call('copy_object', input, { agreed })).rejects.toThrow('changed after the question');
    expect(await textOf('z.csv')).toBe('came');
    expect(await textOf('a.csv')).toBe('aaa');
  });

  it('keeps a source that changed while it was copied', async () => {
    const copy = store.writes.copy.bind(store.writes);
    const moving = Object.assign(store, {
      writes: {
        ...store.writes,
        copy: async (...given: Parameters<typeof copy>) => {
          const made = await copy(...given);
          store.put('data', 'a.csv', 'newer');
          return made;
        },
      },
    });
    expect(moving).toBe(store);
    expect(
      await call('copy_object', { bucket: 'data', key: 'a.csv', to: 'data/z.csv', move: true }),
    ).toContain('is still there: it changed while it was copied.');
    expect(await textOf('a.csv')).toBe('newer');
  });

  it('asks nothing about a copy onto itself', async () => {
    await expect(confirm('copy_object', { bucket: 'data', key: 'a.csv', to: 'data' })).rejects.toThrow(
      'is there already',
    );
  });
});
