import { beforeEach, describe, expect, test } from 'vitest';
import { thisMachine } from '../../core/domain/connection.ts';
import type { RunId } from '../../core/domain/run.ts';
import { aRun, aTask, runRef } from '../../../test/fakes/aRun.ts';
import { connectionTo, FakeConnections } from '../../../test/fakes/fakeConnections.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { describeRun } from '../../core/runs/describeRun.ts';
import { contentsOf, objectBytes, wholeLogBytes } from './contents.ts';

let backend: FakePipelineBackend;
let store: MemoryObjectStore;

beforeEach(() => {
  backend = new FakePipelineBackend();
  store = new MemoryObjectStore();
  backend.addRun(aRun({ id: 'iris-11' }));
  backend.addRun(aRun());
});

const deps = () => ({
  connections: new FakeConnections(connectionTo(backend, store)),
  describeRun: (run: { id: RunId }, previous?: { id: RunId }) => `${run.id} after ${previous?.id ?? 'none'}`,
});
const run = 'iris-12' as RunId;
const log = () => contentsOf({ kind: 'wholeLog', run: runRef(run), task: 'train' }, deps());
const object = (key: string) =>
  contentsOf({ kind: 'object', connection: thisMachine, bucket: 'artifacts', key }, deps());

test('a run’s document compares it with the last good run', async () => {
  const text = await contentsOf({ kind: 'run', run: runRef(run) }, deps());
  expect(text).toMatch(/^# iris-12\n\nA run of iris, begun .+\.\n\niris-12 after iris-11\n$/);
});

test('a run’s document hides values whose names say that they are secret', async () => {
  backend.addRun(aRun({ id: 'iris-13', parameters: { api_key: 'sk-1' }, outputs: { password: 'hunter2' } }));
  const text = await contentsOf({ kind: 'run', run: runRef('iris-13') }, { ...deps(), describeRun });
  expect(text).toContain('`api_key` = `••••`');
  expect(text).not.toMatch(/sk-1|hunter2/);
});

test('a log hides the secrets of its run and keeps its number of lines', async () => {
  backend.addRun(aRun({ parameters: { dbpassword: 'hunter2-Zx9' }, tasks: [aTask()] }));
  backend.setLog(run, 'train', 'one\nhunter2-Zx9\nCookie: a=b\nthree\n');
  expect(await log()).toBe('one\n••••\nCookie: ••••\nthree\n');
});

test('a run that does not exist any more is reported as gone', async () => {
  expect(await contentsOf({ kind: 'run', run: runRef('iris-99') }, deps())).toContain(
    'There is no run iris-99',
  );
});

test('a task’s source is shown as it ran', async () => {
  const source = () => contentsOf({ kind: 'source', run: runRef(run), task: 'train' }, deps());
  expect(await source()).toContain('no source is kept');
  backend.setSource(run, 'train', 'def train(): pass\n');
  expect(await source()).toBe('def train(): pass\n');
});

describe('a task’s log', () => {
  test('is shown unchanged', async () => {
    backend.setLog(run, 'train', 'one\ntwo ✓\n');
    expect(await log()).toBe('one\ntwo ✓\n');
  });

  test('has all attempts and says where each begins', async () => {
    for (const [index, text] of ['one\nit br', '', 'two\n'].entries()) {
      backend.changeTask(run, { path: 'train', attempts: index + 1 });
      backend.print(run, 'train', text);
    }
    expect(await log()).toBe('one\nit br\n[Attempt 2 begins.]\n[Attempt 3 begins.]\ntwo\n');
  });

  test('is bounded over all attempts together', async () => {
    for (const attempts of [1, 2, 3]) {
      backend.changeTask(run, { path: 'train', attempts });
      backend.print(run, 'train', 'a line of the log\n'.repeat(1_000_000));
    }
    const text = await log();
    expect(text.length).toBeLessThan(wholeLogBytes + 200);
    expect(text.match(/^\[.*\]$/gm)).toEqual([
      '[Attempt 2 begins.]',
      '[Only the first 32 MB of 54 MB are shown.]',
    ]);
  });

  test('says so when it is empty', async () => {
    backend.setLog(run, 'train', '');
    expect(await log()).toBe('[train has printed nothing yet.]\n');
  });

  test('shows its beginning when it is very long, and says so', async () => {
    backend.setLog(run, 'train', 'a line of the log\n'.repeat(2_000_000));
    const text = await log();
    expect(text.length).toBeLessThan(wholeLogBytes + 100);
    expect(text).toMatch(/\n\[Only the first 32 MB of 36 MB are shown.\]\n$/);
  });
});

describe('an object', () => {
  test('is shown when it is text', async () => {
    store.put('artifacts', 'a.csv', 'a,b\n1,2\n');
    expect(await object('a.csv')).toBe('a,b\n1,2\n');
  });

  test('is cut when it is large, and says so', async () => {
    store.put('artifacts', 'big.csv', 'x'.repeat(3 * objectBytes));
    expect(await object('big.csv')).toMatch(/\n\[Only the first 256 kB of 768 kB are shown.\]\n$/);
  });

  test('is not shown as text when it is binary', async () => {
    store.put('artifacts', 'model.bin', Buffer.from([1, 0, 2]));
    expect(await object('model.bin')).toBe('artifacts/model.bin is binary, 3 B: it is not shown as text.\n');
  });

  test('counts as binary when it is not UTF-8, too', async () => {
    store.put('artifacts', 'model.bin', Buffer.from([0xff, 0xfe, 0x80, 0x81, 0x41]));
    expect(await object('model.bin')).toContain('is binary, 5 B');
  });

  test('is shown in an older encoding, except for the letters that cannot be read', async () => {
    store.put('artifacts', 'names.csv', Buffer.from('Jos\u00e9,Z\u00fcrich,42\n'.repeat(9), 'latin1'));
    expect(await object('names.csv')).toBe('Jos\ufffd,Z\ufffdrich,42\n'.repeat(9));
  });

  test('is reported as gone when it does not exist any more', async () => {
    expect(await object('gone')).toContain('There is no');
  });
});
