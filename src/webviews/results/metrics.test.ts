import { expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import type { RunState } from '../../core/domain/run.ts';
import { runResults } from '../../core/results/runResults.ts';
import { metricsSection } from './metrics.ts';

const metrics = [{ name: 'accuracy', value: 0.9, task: 'judge', artifact: 'metrics' }];
const labelFor = (state: RunState) =>
  JSON.stringify(metricsSection(runResults(aRun({ state, metrics }), undefined)));

it('calls only a run that succeeded the first good one', () => {
  expect(labelFor('succeeded')).toContain('The first good run');
  expect(labelFor('failed')).toContain('No run before it was good');
  expect(labelFor('failed')).not.toContain('first good');
});
