// The panel at its largest: everything is there, and what is cut is said.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/domain/json.ts';
import type { RunId } from '../../src/core/domain/run.ts';
import { chartsOf } from '../../src/core/results/classification.ts';
import { shownComparison } from '../../src/core/results/comparison.ts';
import { aRun, aTask } from '../fakes/aRun.ts';
import { PanelPage } from './panelPage.ts';
import { messagesFor } from './states.ts';

const withMetadata = (metadata: JsonObject) =>
  aRun({
    id: 'study-1',
    tasks: [
      aTask({
        path: 'judge',
        artifacts: [{ name: 'curves', type: 'ClassificationMetrics', uri: '', metadata }],
      }),
    ],
  });
const twoClasses = (wrong: number): JsonObject => ({
  confusionMatrix: {
    annotationSpecs: [{ displayName: 'yes' }, { displayName: 'no' }],
    rows: [{ row: [2, wrong] }, { row: [0, 5] }],
  },
});
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the results panel with very large results', () => {
  let panel: PanelPage;
  beforeAll(async () => {
    panel = await PanelPage.open();
  });
  beforeEach(() => panel.reload());
  afterAll(() => panel.close());
  const compare = (...ids: readonly string[]) => {
    const runs = ids.map((id, index) => ({ ...withMetadata(twoClasses(index)), id: id as RunId }));
    const comparison = shownComparison(runs, new Map());
    return panel.send(
      { type: 'state', state: { kind: 'comparison', now: 2_000_000, comparison } },
      {
        type: 'charts',
        charts: runs.flatMap((run) => chartsOf(run).map((chart) => ({ run: run.id, chart }))),
      },
    );
  };
  const rows = (section: string) =>
    panel.page.getByRole('region', { name: section }).first().locator('tbody tr');

  it('shows each of 300 tasks, and the first 500 of 900 with a note', async () => {
    const tasks = (count: number) => numbers(count).map((index) => aTask({ path: `task-${index}` }));
    await panel.send(...messagesFor(aRun({ tasks: tasks(300) })));
    await expect.poll(() => rows('Tasks').count()).toBe(300);
    expect(await panel.page.getByRole('region', { name: 'Left out' }).count()).toBe(0);
    await panel.send(...messagesFor(aRun({ tasks: tasks(900) })));
    await expect.poll(() => rows('Tasks').count()).toBe(500);
    expect(await panel.page.getByRole('region', { name: 'Left out' }).innerText()).toContain(
      '500 of 900 tasks are shown.',
    );
  });

  it('draws a matrix of 200 classes as one picture, lists the most frequent mistakes and offers the matrix as CSV', async () => {
    const confusionMatrix = {
      annotationSpecs: numbers(200).map((index) => ({ displayName: `class ${index}` })),
      rows: numbers(200).map((row) => ({
        row: numbers(200).map((column) => (row === 7 && column === 9 ? 77 : 1)),
      })),
    };
    await panel.send(...messagesFor(withMetadata({ confusionMatrix })));
    const figure = panel.page.getByRole('region', { name: 'Confusion matrix of judge' });
    await figure.getByRole('img').waitFor();
    expect(await figure.locator('svg rect, svg text').count()).toBeLessThan(100);
    expect((await rows('Confusion matrix of judge').first().innerText()).split('\t')).toEqual([
      'class 7',
      'class 9',
      '77',
    ]);
    expect(await figure.innerText()).toContain('20 of 39800 are shown.');
    await figure.getByRole('button', { name: 'Open as CSV' }).click();
    expect(await panel.sent()).toContainEqual({ type: 'openMatrix', chart: 0 });
  });

  it('draws a curve of 10 000 points with 500 of them, and says so', async () => {
    const confidenceMetrics = numbers(10_000).map((index) => ({
      confidenceThreshold: 1 - index / 9999,
      falsePositiveRate: index / 9999,
      recall: Math.sqrt(index / 9999),
    }));
    await panel.send(...messagesFor(withMetadata({ confidenceMetrics })));
    const figure = panel.page.getByRole('region', { name: 'ROC curve of judge' });
    await figure.getByRole('img').waitFor();
    expect(await figure.innerText()).toContain(
      'Area under the curve 0.667, computed from 10000 points. 500 of 10000 points are drawn.',
    );
  });

  it('compares a hundred runs one below the other', async () => {
    const runs = numbers(100).map((index) =>
      aRun({
        id: `study-${index + 1}`,
        parameters: { depth: index },
        metrics: [{ name: 'accuracy', value: index / 100, task: 'judge', artifact: 'metrics' }],
      }),
    );
    const comparison = shownComparison(runs, new Map());
    await panel.send({ type: 'state', state: { kind: 'comparison', now: 2_000_000, comparison } });
    await expect.poll(() => rows('Runs').count()).toBe(100);
    const best = panel.page.locator('td', { hasText: 'best' });
    expect(await best.allInnerTexts()).toEqual(['0.99 best']);
  });

  it('shows the confusion matrices of two to four runs side by side, with their tables', async () => {
    await compare('study-1', 'study-2', 'study-3');
    const matrices = panel.page.getByRole('region', { name: 'Confusion matrices of judge (curves)' });
    await expect.poll(() => matrices.getByRole('img').count()).toBe(3);
    expect(await matrices.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([
      'study-1',
      'study-2',
      'study-3',
    ]);
    const second = matrices.getByRole('region', { name: 'Confusion matrix in study-2 as a table' });
    expect((await second.locator('tbody tr').allInnerTexts()).map((row) => row.split('\t'))).toEqual([
      ['yes', '2', '1'],
      ['no', '0', '5'],
    ]);
    await matrices.getByRole('button', { name: 'Open as CSV, study-2' }).click();
    expect(await panel.sent()).toContainEqual({ type: 'openMatrix', chart: 1 });
  });

  it('draws no confusion matrices of more runs, and says so', async () => {
    await compare('study-1', 'study-2', 'study-3', 'study-4', 'study-5');
    const matrices = panel.page.getByRole('region', { name: 'Confusion matrices of judge (curves)' });
    await matrices.waitFor();
    expect(await matrices.innerText()).toContain(
      '5 runs have one. They are drawn for at most 4: compare fewer runs to see them.',
    );
    expect(await matrices.getByRole('img').count()).toBe(0);
  });

  it('says what of large data was not compared, and that it is no warning', async () => {
    const runs = [aRun({ id: 'study-1' }), aRun({ id: 'study-2' })];
    const long = (object: string) => new Map([['load/rows', { fingerprint: 'x', beginningOf: object }]]);
    const comparison = shownComparison(runs, new Map(runs.map(({ id }) => [id, long(id)])));
    await panel.send({ type: 'state', state: { kind: 'comparison', now: 2_000_000, comparison } });
    const notes = panel.page.getByRole('note');
    await notes.waitFor();
    expect(await notes.getAttribute('aria-label')).toBe('What was not compared');
    expect((await notes.innerText()).trim()).toBe(
      'Only the size and the first 2 MB of load/rows were compared: a difference further on is not seen.',
    );
  });
});
