import { expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { failureText } from './describeRun.ts';
import { placedBackend } from './placedBackend.ts';

const error = {
  kind: 'exception',
  type: 'KeyError',
  message: "'b'",
  line: 8,
  text: 'picked = table[column]',
};
const run = aRun({
  state: 'failed',
  tasks: [
    aTask({ path: 'load' }),
    aTask({ path: 'run', state: 'failed', error: { ...error, function: 'run' } }),
  ],
});
const backend = { getRun: async () => run } as Partial<PipelineBackend> as PipelineBackend;
const shown = async (place: Parameters<typeof placedBackend>[1]) =>
  failureText(await placedBackend(backend, place).getRun(run.id, new AbortController().signal));

it('gives the failing line in the person’s own file, or else in the function', async () => {
  const place = { file: '/w/steps/score.py', label: 'steps/score.py', line: 6 };
  expect(await shown(async () => place)).toContain('at line 6 of steps/score.py:');
  expect(await shown(async () => undefined)).toContain('at line 8 of run:');
});
