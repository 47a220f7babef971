import { describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { comparisonOf } from './comparison.ts';
import { renderComparison } from '../results/renderComparison.ts';

const metric = (name: string, value: number, task = 'evaluate') => ({
  name,
  value,
  task,
  artifact: 'metrics',
});
const before = aRun({
  id: 'iris-3',
  parameters: { max_depth: 2, weights: { a: 1, b: 2 } },
  metrics: [metric('accuracy', 0.9333), metric('loss', 0.5), metric('samples', 30)],
});
const after = aRun({
  parameters: { max_depth: 3, weights: { b: 2, a: 1 } },
  metrics: [metric('accuracy', 0.9667), metric('loss', 0.6), metric('samples', 30)],
});

describe('the comparison of two runs', () => {
  it('shows parameters that differ, how metrics changed, and the time', () => {
    expect(renderComparison([before, after], new Map())).toBe(
      [
        '**`iris-3` → `iris-12`**',
        'Parameters:\n- `max_depth` `2` → `3`',
        'Metrics:\n- accuracy 0.933 → **0.967**, up 0.033 (better)\n- loss 0.5 → **0.6**, up 0.1 (worse)\n- samples 30 → **30**, unchanged',
        'Time: 8 s → 8 s',
      ].join('\n\n'),
    );
  });

  it('ignores the order of keys in a struct', () => {
    expect(comparisonOf([before, after]).parameters.map(({ name, differs }) => [name, differs])).toEqual([
      ['max_depth', true],
      ['weights', false],
    ]);
  });

  it('calls a change neither better nor worse where the name of the metric does not tell', () => {
    const text = renderComparison(
      [aRun({ metrics: [metric('samples', 30)] }), aRun({ metrics: [metric('samples', 31)] })],
      new Map(),
    );
    expect(text).toContain('- samples 30 → **31**, up 1');
  });

  it('names the task of metrics that have the same name', () => {
    const twice = aRun({ metrics: [metric('accuracy', 1, 'a'), metric('accuracy', 2, 'b')] });
    expect(comparisonOf([twice, twice]).metrics.map(({ name }) => name)).toEqual([
      'a/accuracy',
      'b/accuracy',
    ]);
  });

  it('lists metrics in the order of the later run, then those of the earlier run alone', () => {
    const earlier = aRun({ metrics: [metric('loss', 1), metric('rows', 2), metric('accuracy', 3)] });
    const later = aRun({ metrics: [metric('accuracy', 4), metric('recall', 5), metric('loss', 6)] });
    expect(comparisonOf([earlier, later]).metrics.map(({ name, values }) => [name, ...values])).toEqual([
      ['accuracy', 3, 4],
      ['recall', undefined, 5],
      ['loss', 1, 6],
      ['rows', 2, undefined],
    ]);
  });

  it('points out different pipelines and runs that did not succeed', () => {
    const other = aRun({ id: 'churn-2', state: 'failed', pipeline: { ...after.pipeline, name: 'churn' } });
    const text = renderComparison([other, after], new Map());
    expect(text).toContain('churn-2 failed: figures may be missing.');
    expect(text).toContain('runs of different pipelines (churn, iris)');
  });
});
