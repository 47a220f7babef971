import { expect, test } from 'vitest';
import type { RunId } from '../domain/run.ts';
import type { Chart, ChartSource } from './classification.ts';
import { sameMatrices } from './sameMatrices.ts';

const matrix = (source: Partial<ChartSource> = {}): Chart => ({
  kind: 'matrix',
  task: 'judge',
  artifact: 'metrics',
  labels: ['a'],
  rows: [[1]],
  ...source,
});
const curve: Chart = { kind: 'roc', task: 'judge', artifact: 'metrics', points: [], total: 0, area: 0 };
const of = (run: string, chart: Chart) => ({ run: run as RunId, chart });
const groups = (...charts: readonly { readonly run: RunId; readonly chart: Chart }[]) =>
  sameMatrices(charts).map(({ source, matrices }) => [
    [source.task, source.artifact, source.slice].join(' ').trim(),
    ...matrices.map(({ run, index }) => `${run} ${index}`),
  ]);

test('groups confusion matrices of the same task and artifact, in the order of the runs', () => {
  expect(
    groups(of('iris-1', curve), of('iris-1', matrix()), of('iris-2', matrix()), of('iris-3', matrix())),
  ).toEqual([['judge metrics', 'iris-1 1', 'iris-2 2', 'iris-3 3']]);
});

test('separates tasks, artifacts and slices, and leaves out what only one run has', () => {
  const sources = [{}, { task: 'check' }, { artifact: 'curves' }, { slice: 'old' }];
  const first = sources.map((source) => of('iris-1', matrix(source)));
  const second = sources.slice(1).map((source) => of('iris-2', matrix(source)));
  expect(groups(...first, ...second)).toEqual([
    ['check metrics', 'iris-1 1', 'iris-2 4'],
    ['judge curves', 'iris-1 2', 'iris-2 5'],
    ['judge metrics old', 'iris-1 3', 'iris-2 6'],
  ]);
});
