import { beforeEach, describe, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import type { Artifact } from '../domain/artifact.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { Run, RunId } from '../domain/run.ts';
import { compareRunsTool } from './compareRuns.ts';

const signal = new AbortController().signal;
let backend: FakePipelineBackend;
let store: MemoryObjectStore;

beforeEach(() => {
  backend = new FakePipelineBackend();
  store = new MemoryObjectStore();
  for (const name of ['iris', 'churn', 'quiet']) backend.addPipeline({ name });
});

const call = (input: object) => compareRunsTool.call(input, toolDeps(backend, { objects: store }), signal);
const compare = async (input: object) => (await call(input)).text;

/** A run with this accuracy, which loaded the rows of the object `key`. */
function ran(id: string, accuracy: number, key: string, more: Partial<Run> = {}): void {
  const name = id.replace(/-\d+$/, '');
  const metrics = [{ name: 'accuracy', value: accuracy, task: 'evaluate', artifact: 'metrics' }];
  const pipeline = { id: `${name}.yaml` as PipelineId, name };
  backend.addRun(aRun({ id, name: id, pipeline, metrics, tasks: [load(key)], ...more }));
}

function load(key: string) {
  const object = { bucket: 'artifacts', key };
  return aTask({ path: 'load-data', artifacts: [artifact('rows', 'Dataset', { object })] });
}

const artifact = (name: string, type: string, more: Partial<Artifact> = {}): Artifact => ({
  ...{ name, type, uri: 'file:///x', metadata: {} },
  ...more,
});

describe('a comparison of two runs', () => {
  it('does not call a figure better that was measured on another split', async () => {
    ran('iris-1', 0.697, 'a', { parameters: { test_size: 0.2 } });
    ran('iris-2', 0.714, 'a', { parameters: { test_size: 0.3 } });
    const text = await compare({ run: '2', with: '1' });
    expect(text).toContain(
      'The data was divided differently: test_size 0.2 → 0.3. Figures measured on another split may differ by that alone.',
    );
    expect(text).toMatch(/- accuracy 0\.697 → \*\*0\.714\*\*, up 0\.017$/m);
  });

  it('says which task the same data comes from, and when only its content is the same', async () => {
    store.put('artifacts', 'a', '1,2').put('artifacts', 'b', '1,2');
    ran('iris-1', 0.7, 'a');
    const cachedFrom = { id: 'iris-1' as RunId, label: 'iris-1' };
    ran('iris-2', 0.8, 'a', { tasks: [{ ...load('a'), cachedFrom }] });
    ran('iris-3', 0.9, 'b');
    const text = await compare({ runs: ['1', '2'] });
    expect(text).toContain('Same data: both from `load-data` of `iris-1`.');
    expect(text).toContain('up 0.1 (better)');
    expect(await compare({ runs: ['2', '3'] })).toContain(
      'Same data: `load-data/rows` has the same content in both.',
    );
  });

  it('says when the data is not the same', async () => {
    store.put('artifacts', 'a', '1,2').put('artifacts', 'b', '3,4');
    ran('iris-1', 0.7, 'a');
    ran('iris-2', 0.8, 'b');
    const text = await compare({ run: '2' });
    expect(text).toContain('Not the same data: load-data/rows has different content in these runs.');
    expect(text).not.toContain('better');
  });

  it('shows the confusion matrices in one table', async () => {
    const matrix = (right: number) => {
      const rows = [{ row: [10, 0] }, { row: [10 - right, right] }];
      const annotationSpecs = [{ displayName: 'no' }, { displayName: 'yes' }];
      const metadata = { confusionMatrix: { annotationSpecs, rows } };
      return aTask({ path: 'test', artifacts: [artifact('matrix', 'ClassificationMetrics', { metadata })] });
    };
    ran('iris-1', 0.9, 'a', { tasks: [matrix(8)] });
    ran('iris-2', 0.95, 'a', { tasks: [matrix(9)] });
    ran('iris-3', 0.95, 'a', { tasks: [matrix(9)] });
    expect(await compare({ runs: ['1', '2'] })).toContain(
      [
        'Confusion matrix of `test/matrix` (rows are the true classes), `iris-1` → `iris-2`:\n',
        '|  | no | yes |',
        '| --- | --- | --- |',
        '| no | 10 | 0 |',
        '| yes | 2 → 1 | 8 → 9 |',
      ].join('\n'),
    );
    expect(await compare({ runs: ['1', '2', '3'] })).toContain('- `iris-1`: no 10 of 10, yes 8 of 10');
  });

  it('refuses to compare a run with itself', async () => {
    ran('iris-1', 0.9, 'a');
    await expect(compare({ runs: ['1', 'iris-1'] })).rejects.toThrow(
      'All that was named is one run, iris-1.',
    );
  });
});

describe('a comparison by the names of pipelines', () => {
  it('takes the best good run of each, and says which', async () => {
    ran('iris-1', 0.9, 'a');
    ran('iris-2', 0.8, 'a');
    ran('iris-3', 0.99, 'a', { state: 'failed' });
    ran('churn-4', 0.7, 'a');
    const text = await compare({ runs: ['iris', 'churn'] });
    expect(text).toContain('`iris` means its best good run by accuracy, `iris-1`.');
    expect(text).toContain('**`iris-1` → `churn-4`**');
    expect(text).toContain('runs of different pipelines (iris, churn)');
  });

  it('takes the newest good run where it is not known which figures are better', async () => {
    ran('quiet-1', 1, 'a', { metrics: [] });
    ran('quiet-2', 1, 'a', { metrics: [] });
    ran('iris-3', 0.9, 'a');
    expect(await compare({ runs: ['iris-3', 'quiet'] })).toContain(
      '`quiet` means its newest good run, `quiet-2`.',
    );
    await expect(compare({ runs: ['iris-3', 'churn'] })).rejects.toThrow(
      'No run of churn has succeeded yet.',
    );
  });
});

describe('a comparison of many runs', () => {
  beforeEach(() => {
    for (let n = 1; n <= 21; n += 1)
      ran(`iris-${n}`, 0.7 + n / 100, 'a', { parameters: { max_depth: n, seed: 42 } });
  });

  it('is a table of what differs, with the best in bold', async () => {
    const text = await compare({ runs: ['1', '2', '3'] });
    expect(text).toContain('| run | `max_depth` | accuracy (higher is better) | time |');
    expect(text).toContain('| `iris-1` | `1` | 0.71 | 8 s |');
    expect(text).toContain('| `iris-3` | `3` | **0.73** | 8 s |');
  });

  it('takes at most 20', async () => {
    const all = Array.from({ length: 21 }, (_, index) => String(index + 1));
    await expect(compare({ runs: all })).rejects.toMatchObject({ kind: 'invalid' });
    expect((await call({ runs: all.slice(1) })).mentions).toHaveLength(20);
  });
});
