import { describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import type { Metric } from '../domain/artifact.ts';
import type { RunId } from '../domain/run.ts';
import { shownComparison } from './comparison.ts';
import type { DatasetFingerprint } from './datasets.ts';
import { comparisonTable } from './comparisonTable.ts';

type DatasetRow = { readonly [name: string]: DatasetFingerprint };
const metric = (name: string, value: Metric['value'], task = 'judge'): Metric => ({
  name,
  value,
  task,
  artifact: 'm',
});
const run1 = aRun({
  id: 'iris-1',
  parameters: { depth: 2, seed: 1 },
  metrics: [metric('accuracy', 0.9), metric('rows', 5)],
});
const run2 = aRun({
  id: 'iris-2',
  parameters: { depth: 3, seed: 1 },
  metrics: [metric('accuracy', 0.95), metric('rows', 6)],
});
const run3 = aRun({
  id: 'iris-3',
  parameters: { depth: 4, seed: 1 },
  metrics: [metric('accuracy', 0.85)],
  endedAt: 1_003_000,
});
const fingerprints = (...all: readonly (readonly [string, string])[]) =>
  new Map(all.map(([run, fingerprint]) => [run as RunId, new Map([['load/data', { fingerprint }]])]));
const datasets = (all: { readonly [run: string]: DatasetRow }) =>
  new Map(
    Object.entries(all).map(([run, fingerprints]) => [run as RunId, new Map(Object.entries(fingerprints))]),
  );

describe('runs side by side', () => {
  it('list the parameters that differ first', () => {
    expect(shownComparison([run1, run2, run3], new Map()).parameters).toEqual([
      { name: 'depth', differs: true, values: ['2', '3', '4'] },
      { name: 'seed', differs: false, values: ['1', '1', '1'] },
    ]);
  });

  it('mark the best value where the name of the metric tells its direction, and missing values', () => {
    const [accuracy, rows] = shownComparison([run1, run2, run3], new Map()).metrics;
    expect(accuracy?.cells).toEqual([
      { value: '0.9', exact: '0.9', best: false },
      { value: '0.95', exact: '0.95', best: true, verdict: 'better' },
      { value: '0.85', exact: '0.85', best: false, verdict: 'worse' },
    ]);
    expect(rows).toMatchObject({ direction: 'unknown' });
    expect(rows?.cells).toEqual([
      { value: '5', exact: '5', best: false },
      { value: '6', exact: '6', best: false },
      { value: '—', exact: '', best: false },
    ]);
  });

  it('name the task where two metrics have the same name', () => {
    const both = aRun({ metrics: [metric('accuracy', 0.9, 'a'), metric('accuracy', 0.8, 'b')] });
    expect(shownComparison([both, both], new Map()).metrics.map(({ name }) => name)).toEqual([
      'a/accuracy',
      'b/accuracy',
    ]);
  });

  it('give no warning when only a hyperparameter differs', () => {
    const same = fingerprints(['iris-1', 'x'], ['iris-2', 'x']);
    expect(shownComparison([run1, run2], same).warnings).toEqual([]);
  });

  it('warn when the content of a dataset differs', () => {
    expect(shownComparison([run1, run2], fingerprints(['iris-1', 'x'], ['iris-2', 'y'])).warnings).toEqual([
      'Not the same data: load/data has different content in these runs. Figures measured on different data cannot be compared.',
    ]);
  });

  it('warn when a parameter chooses other data or another split', () => {
    const other = aRun({ id: 'iris-4', parameters: { depth: 2, seed: 7, data_path: 'b.csv' } });
    expect(shownComparison([run1, other], new Map()).warnings).toEqual([
      'The data may not be the same: data_path — → b.csv.',
      'The data was divided differently: seed 1 → 7. Figures measured on another split may differ by that alone.',
    ]);
  });

  it('warn when pipelines differ and when a run did not succeed', () => {
    const other = aRun({ id: 'churn-2', pipeline: { id: 'churn' as never, name: 'churn' }, state: 'failed' });
    expect(shownComparison([aRun(), other], new Map()).warnings).toEqual([
      'These are runs of different pipelines (iris, churn): figures of the same name may mean different things.',
      'churn-2 failed: figures may be missing.',
    ]);
  });

  it('say that only the beginning of a large dataset was compared', () => {
    const long = (object: string) => ({ 'load/rows': { fingerprint: 'x', beginningOf: object } });
    const { warnings, notCompared } = shownComparison(
      [run1, run2],
      datasets({ 'iris-1': long('a'), 'iris-2': long('b') }),
    );
    expect(warnings).toEqual([]);
    expect(notCompared).toEqual([
      'Only the size and the first 2 MB of load/rows were compared: a difference further on is not seen.',
    ]);
  });

  it('do not mention unread data where it makes no difference', () => {
    const long = (fingerprint: string, beginningOf: string) => ({
      'load/rows': { fingerprint, beginningOf },
    });
    const of = (first: DatasetRow, second: DatasetRow) =>
      shownComparison([run1, run2], datasets({ 'iris-1': first, 'iris-2': second })).notCompared;
    expect(shownComparison([run1, run2], fingerprints(['iris-1', 'x'], ['iris-2', 'x'])).notCompared).toEqual(
      [],
    );
    // The very same object, of a cached task.
    expect(of(long('x', 'a'), long('x', 'a'))).toEqual([]);
    expect(of(long('x', 'a'), long('y', 'b'))).toEqual([]);
    // Only one of the runs has it.
    expect(of({ 'load/rows': { unread: 'folder' } }, {})).toEqual([]);
  });

  it('say which datasets were not compared at all, and why', () => {
    const unread = (...names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, { unread: 'tooManyDatasets' } as const]));
    const first: DatasetRow = {
      'load/rows': { fingerprint: 'x' },
      'load/images': { unread: 'folder' },
      ...unread('a', 'b', 'c', 'd', 'e', 'f'),
    };
    const second: DatasetRow = { ...first, 'load/rows': { unread: 'unreadable' } };
    const third: DatasetRow = { 'load/rows': { unread: 'tooManyRuns' } };
    const all = datasets({ 'iris-1': first, 'iris-2': second, 'iris-3': third });
    expect(shownComparison([run1, run2, run3], all).notCompared).toEqual([
      'The datasets of 1 of 3 runs were not compared: these are too many runs to read them all.',
      'These datasets were not compared, there are too many: a, b, c, d and 2 more.',
      'These datasets are folders, whose content was not compared: load/images.',
      'These datasets could not be read and were not compared: load/rows of iris-2.',
    ]);
  });

  it('also say in Markdown what was not compared', () => {
    const all = datasets({
      'iris-1': { 'load/images': { unread: 'folder' } },
      'iris-2': { 'load/images': { unread: 'folder' } },
    });
    expect(comparisonTable(shownComparison([run1, run2], all))).toContain(
      '> These datasets are folders, whose content was not compared: load/images.\n\n| Parameters',
    );
  });

  it('can be copied as Markdown tables', () => {
    const text = comparisonTable(shownComparison([run1, run2], new Map()));
    expect(text).toBe(
      [
        '| Parameters that differ | `iris-1` | `iris-2` |',
        '| --- | --- | --- |',
        '| depth | 2 | 3 |',
        '',
        '| Metric | Better | `iris-1` | `iris-2` |',
        '| --- | --- | --- | --- |',
        '| accuracy | higher | 0.9 | **0.95** |',
        '| rows | unknown | 5 | 6 |',
        '| Time |  | 8 s | 8 s |',
      ].join('\n'),
    );
  });
});
