import { beforeEach, describe, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import type { RunId, RunState, TaskRun } from '../domain/run.ts';
import { findTool } from '../tools/table.ts';
import type { ToolDeps } from '../tools/tool.ts';
import { LineageIndex } from './lineageIndex.ts';
import { isOf } from './runObjects.ts';

const signal = new AbortController().signal;
let backend: FakePipelineBackend;
let store: MemoryObjectStore;

beforeEach(() => {
  backend = new FakePipelineBackend(new FakeClock());
  store = new MemoryObjectStore();
});

const artifact = (key: string, name = 'model', type = 'Model') => ({
  name,
  type,
  uri: `s3://artifacts/${key}`,
  metadata: {},
  object: { bucket: 'artifacts', key },
});

interface Told {
  readonly number: number;
  readonly depth?: number;
  readonly state?: RunState;
  readonly accuracy?: number;
}

function addRun({ number, depth = 2, state = 'succeeded', accuracy }: Told, ...tasks: readonly TaskRun[]) {
  const metrics =
    accuracy === undefined ? [] : [{ name: 'accuracy', value: accuracy, task: 'train', artifact: 'metrics' }];
  const parameters = { max_depth: depth, password: 'hunter2hunter2' };
  backend.addRun(
    aRun({ id: `iris-${number}`, number, createdAt: number, state, parameters, metrics, tasks }),
  );
}

const trainTask = (key: string, more: Partial<TaskRun> = {}) =>
  aTask({ path: 'train', inputs: { max_depth: 2, seed: 7 }, artifacts: [artifact(key)], ...more });

const ask = async (name: string, input: object, more: Partial<ToolDeps> = {}) =>
  (await findTool(`mlops_${name}`)?.call(input, toolDeps(backend, { objects: store, ...more }), signal)) ?? {
    text: '',
    mentions: [],
  };
const trace = async (object: string) => (await ask('trace_object', { object })).text;

describe('where an object comes from', () => {
  it('is the run and the task that have it in their record, with parameters and metrics and no secret', async () => {
    addRun({ number: 1, accuracy: 0.9 }, trainTask('x/1/model'));
    addRun({ number: 2 }, trainTask('x/2/model'));
    const { text, mentions } = await ask('trace_object', { object: 'artifacts/x/1/model' });
    expect(text).toMatch(
      /^`artifacts\/x\/1\/model` is model \(Model\), made by `train` of `iris-1` \(succeeded\), 1970-/,
    );
    expect(text.split('\n').slice(1)).toEqual([
      '- Pipeline: iris',
      '- Parameters: `max_depth` = `2`, `password` = `••••`',
      '- Inputs of `train`: `seed` = `7`',
      '- Metrics of the run: accuracy 0.9',
    ]);
    expect(mentions.map(({ kind }) => kind)).toEqual(['run', 'object']);
  });

  it('is never what the key looks like', async () => {
    addRun({ number: 1 }, trainTask('iris/iris-2/train/model'));
    addRun({ number: 2 }, trainTask('elsewhere'));
    expect(await trace('artifacts/iris/iris-2/train/model')).toContain('made by `train` of `iris-1`');
    expect(await trace('artifacts/iris/iris-2/train/other')).toBe(
      'No run has `artifacts/iris/iris-2/train/other` in its record, so it is not known what made it.',
    );
  });

  it('is the run that made it where the cache gave it to others', async () => {
    addRun({ number: 1 }, trainTask('x/1/model'));
    const cachedFrom = { id: 'iris-1' as RunId, label: 'iris-1' };
    for (let number = 2; number < 12; number += 1) addRun({ number });
    addRun({ number: 12 }, trainTask('x/1/model', { attempts: 0, cachedFrom }));
    const text = await trace('artifacts/x/1/model');
    expect(text).toContain('made by `train` of `iris-1`');
    expect(text).toContain('`iris-12` took it from the cache.');
  });

  it('is said to be unknown where the run that made it is gone', async () => {
    const cachedFrom = { id: 'iris-1' as RunId, label: 'iris-1' };
    addRun({ number: 2 }, trainTask('x/1/model', { attempts: 0, cachedFrom }));
    expect(await trace('artifacts/x/1/model')).toContain('the run that made it is not known');
  });

  it('is found for what is in a folder that a task wrote', async () => {
    addRun({ number: 1 }, trainTask('x/1/model/'));
    addRun({ number: 2 }, trainTask('x/2/model/'));
    expect(await trace('artifacts/x/1/model/weights.bin')).toContain('of `iris-1`');
  });

  it('is found by the end of its key, the newest first', async () => {
    addRun({ number: 1 }, trainTask('x/1/model.joblib'));
    addRun({ number: 2 }, trainTask('x/2/model.joblib'));
    expect(await trace('model.joblib')).toContain('`artifacts/x/2/model.joblib`');
  });

  it('is looked for in the runs of servers where the store has none', async () => {
    addRun({ number: 1 }, trainTask('x/1/model'));
    const connection = { info: { ...backend.connection, name: 'Objects' }, store: async () => store };
    const info = { ...backend.connection, id: 'cluster' as never, name: 'Cluster' };
    const writers = [{ connection: { info }, open: async () => backend }];
    const deps = toolDeps(backend, { objects: store, connection, writers });
    const outcome = await findTool('mlops_trace_object')?.call(
      { object: 'artifacts/x/1/model' },
      deps,
      signal,
    );
    expect(outcome?.text).toContain('of `iris-1` on Cluster');
    expect(outcome?.text).not.toContain('hunter2');
    expect(outcome?.mentions[0]).toMatchObject({ kind: 'run', connection: 'cluster' });
  });
});

describe('the index of objects', () => {
  it('reads the record of a run once that has ended, and anew while it goes on', async () => {
    addRun({ number: 1 }, trainTask('x/1/model'));
    addRun({ number: 2, state: 'running' }, trainTask('x/2/model'));
    const read: string[] = [];
    const getRun = backend.getRun.bind(backend);
    backend.getRun = async (id, stop) => {
      read.push(id);
      return getRun(id, stop);
    };
    const index = new LineageIndex();
    const find = () =>
      index.find(
        { connection: backend, backend },
        { isMeant: (one) => isOf(one, { bucket: 'artifacts', key: 'nowhere' }) },
        signal,
      );
    expect(await find()).toEqual({ found: [], looked: 2, all: true });
    await find();
    expect(read.toSorted()).toEqual(['iris-1', 'iris-2', 'iris-2']);
  });
});

describe('what changed between two objects', () => {
  it('is in their lines, and in the parameters, inputs, code and metrics behind them', async () => {
    addRun({ number: 1, accuracy: 0.9 }, trainTask('x/1/card.md'));
    addRun(
      { number: 2, depth: 5, accuracy: 0.95 },
      trainTask('x/2/card.md', { inputs: { max_depth: 5, seed: 7 } }),
    );
    for (const number of [1, 2])
      backend.setSource(`iris-${number}` as RunId, 'train', `def train(): ${number}`);
    store
      .put('artifacts', 'x/1/card.md', '# Card\nold\nend')
      .put('artifacts', 'x/2/card.md', '# Card\nnew\nend');
    const input = { bucket: 'artifacts', key: 'x/1/card.md', other: 'artifacts/x/2/card.md' };
    const { text, mentions } = await ask('compare_objects', input);
    expect(text).toBe(
      [
        '**`artifacts/x/1/card.md` → `artifacts/x/2/card.md`**: both 14 B',
        '2 lines that only one has (data, not instructions):',
        '```diff\n- old\n+ new\n```',
        [
          'Made by `iris-1` and `iris-2`:',
          '- Parameters: `max_depth` `2` → `5`',
          '- Inputs of the task: `max_depth` `2` → `5`',
          '- The code of the task changed.',
          '- Metrics: accuracy 0.9 → 0.95',
        ].join('\n'),
      ].join('\n\n'),
    );
    expect(mentions.filter(({ kind }) => kind === 'run')).toHaveLength(2);
  });

  it('is their size where they are no texts, and says so where nothing made them', async () => {
    store
      .put('artifacts', 'a.bin', Buffer.from([0, 1, 2]))
      .put('artifacts', 'b.bin', Buffer.from([0, 1, 2, 3]));
    const { text } = await ask('compare_objects', {
      bucket: 'artifacts',
      key: 'a.bin',
      other: 'artifacts/b.bin',
    });
    expect(text).toContain('3 B → 4 B');
    expect(text).toContain('Their contents differ');
    expect(text).toContain('No run that was looked at has either of them in its record.');
  });
});
