import { beforeEach, describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { Run } from '../domain/run.ts';
import { listRunsTool } from './listRuns.ts';

const signal = new AbortController().signal;
/** Friday, 8 May 2026, a quarter past two in the afternoon. */
const now = new Date(2026, 4, 8, 14, 15).getTime();
let backend: FakePipelineBackend;

beforeEach(() => {
  backend = new FakePipelineBackend(new FakeClock(now));
  for (const name of ['diabetes-svm', 'diabetes-tree', 'iris']) backend.addPipeline({ name });
});

const list = async (input: object) => (await listRunsTool.call(input, toolDeps(backend), signal)).text;
const ids = async (input: object) => [...(await list(input)).matchAll(/^- `(\S+)`/gm)].map(([, id]) => id);

/** A run that began on this day, with the figures of one task. */
function ran(
  id: string,
  begun: Date,
  figures: { readonly [name: string]: number } = {},
  more: Partial<Run> = {},
) {
  const name = id.replace(/-\d+$/, '');
  const createdAt = begun.getTime();
  const metrics = Object.entries(figures).map(([metric, value]) => ({
    ...{ name: metric, value, task: 'evaluate', artifact: 'metrics' },
  }));
  const times = { createdAt, startedAt: createdAt, endedAt: createdAt + 8000 };
  const pipeline = { id: `${name}.yaml` as PipelineId, name };
  backend.addRun(aRun({ id, pipeline, metrics, ...times, ...more }));
}

describe('a list of runs', () => {
  it('has the date, the parameters that differ, and why a run failed in ten words', async () => {
    const shared = { alpha: 1, beta: 2, gamma: 3 };
    ran(
      'iris-1',
      new Date(2026, 3, 3, 14, 5),
      { accuracy: 0.9 },
      { parameters: { ...shared, max_depth: 2 } },
    );
    const message = 'could not convert string to float: "setosa" in row 3 of the table';
    const error = { kind: 'task', type: 'ValueError', message, task: 'train' };
    ran(
      'iris-2',
      new Date(2026, 4, 8, 14, 10),
      {},
      { state: 'failed', error, parameters: { ...shared, max_depth: 3 } },
    );
    expect(await list({})).toBe(
      [
        '- `iris-2` failed 5 min ago (2026-05-08 14:10) after 8 s in `train`: ValueError: could not convert string to float: "setosa" in row … (`max_depth` `3`)',
        '- `iris-1` succeeded 35 d ago (2026-04-03 14:05) in 8 s: accuracy 0.9 (`max_depth` `2`)',
      ].join('\n'),
    );
  });

  it('says how many there are when it is cut, and how the next are asked for', async () => {
    for (let n = 1; n <= 24; n += 1) ran(`iris-${n}`, new Date(2026, 3, n));
    expect(await list({ pipeline: 'iris' })).toContain('20 of 24 are shown; say "more"');
    const outcome = await listRunsTool.call(
      { pipeline: 'iris', limit: 2, sort: 'oldest' },
      toolDeps(backend),
      signal,
    );
    expect(outcome.text).toContain('2 of 24 are shown');
    const more = outcome.mentions.find((mention) => mention.kind === 'more');
    expect(await ids(more?.kind === 'more' ? more.input : {})).toEqual(['iris-3', 'iris-4']);
  });

  it('is kept to a time, in dates or in words', async () => {
    ran('iris-1', new Date(2026, 2, 31, 23, 59));
    ran('iris-2', new Date(2026, 3, 1));
    ran('iris-3', new Date(2026, 3, 30, 23, 59));
    ran('iris-4', new Date(2026, 4, 7, 12), {}, { state: 'failed' });
    ran('iris-5', new Date(2026, 4, 8, 9), {}, { state: 'failed' });
    expect(await ids({ since: 'april', until: 'april' })).toEqual(['iris-3', 'iris-2']);
    expect(await ids({ since: '2026-04-30', until: '2026-05-07' })).toEqual(['iris-4', 'iris-3']);
    expect(await ids({ state: 'failed', since: 'yesterday', until: 'yesterday' })).toEqual(['iris-4']);
    expect(await ids({ since: 'this week' })).toEqual(['iris-5', 'iris-4']);
    await expect(list({ since: 'someday' })).rejects.toThrow('"someday" is no date that is understood.');
    await expect(list({ since: 'today', until: 'yesterday' })).rejects.toThrow('is not before');
  });

  it('lists the runs of all pipelines that a word fits, and says so', async () => {
    ran('diabetes-svm-1', new Date(2026, 3, 1));
    ran('iris-2', new Date(2026, 3, 2));
    ran('diabetes-tree-3', new Date(2026, 3, 3));
    const text = await list({ pipeline: 'diabetes' });
    expect(text).toContain(
      '`diabetes` fits 2 pipelines, and these are runs of all of them: `diabetes-svm`, `diabetes-tree`.',
    );
    expect(await ids({ pipeline: 'diabetes' })).toEqual(['diabetes-tree-3', 'diabetes-svm-1']);
    expect(await ids({ pipeline: 'tree diabetes' })).toEqual(['diabetes-tree-3']);
  });

  it('names the filter that nothing fits, and what there is', async () => {
    expect(await list({ state: 'failed' })).toBe('There are no failed runs.');
    expect(await list({})).toBe('There are no runs yet.');
    ran('iris-1', new Date(2026, 2, 31, 9));
    expect(await list({ pipeline: 'diabetes', state: 'failed', since: '2026-04-01', until: 'april' })).toBe(
      'There are no failed runs of `diabetes` that began in the time from 2026-04-01 00:00 to 2026-05-01 00:00. The newest run of all is `iris-1` (succeeded, 2026-03-31 09:00).',
    );
  });
});

describe('a list of runs by a metric', () => {
  beforeEach(() => {
    ran('iris-1', new Date(2026, 3, 1), { accuracy: 0.7, precision: 0.95, loss: 0.5, spread: 1 });
    ran('iris-2', new Date(2026, 3, 2), { accuracy: 0.9, precision: 0.85, loss: 0.2, spread: 3 });
    ran('iris-3', new Date(2026, 3, 3), {}, { state: 'failed' });
    ran('iris-4', new Date(2026, 3, 4), { accuracy: 0.8, precision: 0.9, loss: 0.4, spread: 2 });
  });

  it('finds the best run in one call, with the next ones', async () => {
    expect(await list({ metric: 'precision', best: true })).toMatch(
      /^The best run of 4 by `precision` \(higher is better\) is `iris-1`:\n\n- `iris-1` .*: precision 0\.95\n- `iris-4` .*: precision 0\.9\n- `iris-2` .*: precision 0\.85$/,
    );
    expect((await ids({ metric: 'loss', best: true }))[0]).toBe('iris-2');
    expect(await list({ best: true })).toContain('by `accuracy` (higher is better) is `iris-2`');
  });

  it('shows a metric of every run, and orders by it where that is asked for', async () => {
    expect(await list({ metric: 'Precision' })).toMatch(
      /precision 0\.9\n.*`iris-3` .*; no precision|no precision/,
    );
    expect(await ids({ metric: 'precision' })).toEqual(['iris-4', 'iris-3', 'iris-2', 'iris-1']);
    expect(await ids({ metric: 'precision', sort: 'metric' })).toEqual([
      'iris-1',
      'iris-4',
      'iris-2',
      'iris-3',
    ]);
    expect(await ids({ sort: 'metric', limit: 1 })).toEqual(['iris-2']);
  });

  it('says when it is not known which is better, and how to say it', async () => {
    expect(await list({ metric: 'spread', best: true })).toBe(
      'Whether a higher or a lower spread is better is not known from its name. The highest is 3 of `iris-2`, the lowest 1 of `iris-1`. Say which is better: `better` is "higher" or "lower".',
    );
    expect((await ids({ metric: 'spread', best: true, better: 'lower' }))[0]).toBe('iris-1');
  });

  it('names the metrics that there are', async () => {
    await expect(list({ metric: 'recall' })).rejects.toMatchObject({
      message: 'None of these runs has a metric "recall".',
      hint: 'Their metrics are accuracy, precision, loss, spread.',
    });
    ran('iris-5', new Date(2026, 3, 5), { f1_macro: 0.5, f1_micro: 0.6 });
    await expect(list({ metric: 'f1', best: true })).rejects.toThrow(
      'Several metrics fit "f1": f1_macro, f1_micro.',
    );
    expect(await list({ metric: 'macro F1', best: true })).toContain('f1_macro 0.5');
  });

  it('says when the data was divided differently in the runs', async () => {
    ran('iris-5', new Date(2026, 3, 5), { accuracy: 0.99 }, { parameters: { test_size: 0.5 } });
    expect(await list({ metric: 'accuracy', best: true })).toContain(
      'The data was divided differently: test_size',
    );
  });
});
