import { expect, it } from 'vitest';
import { mainFinding } from '../../../../src/core/diagnosis/renderDiagnosis.ts';
import { diagnoseLife } from './diagnoseLife.ts';
import { handWritten } from './handWritten.ts';
import { variants } from './variants.ts';

it('written by hand: the error of the run is that of the task that failed first', async () => {
  const later = { phase: 'Failed', finishedAt: '2026-11-21T15:00:00Z' };
  const also = {
    '.root.split-rows': later,
    '.root.split-rows.executor': { ...later, message: 'OOMKilled (exit code 137)' },
  };
  const { diagnosis } = (
    await diagnoseLife(handWritten('two fail', { message: 'main: Error (exit code 3)', also }))
  ).at(-1)!;
  expect(diagnosis.failures.map(({ path }) => path)).toEqual(['train-tree', 'split-rows']);
  expect(diagnosis.run.error).toMatchObject({ task: 'train-tree', message: 'exit code 3' });
});

it.each(variants)('written by hand: %s', async (name, change, cause, words) => {
  const { text, diagnosis } = (await diagnoseLife(handWritten(name, change))).at(-1)!;
  expect({ ...mainFinding(diagnosis), text }).toMatchObject({ cause, path: 'train-tree' });
  expect(text).toMatch(words);
});
