import * as z from 'zod';
import { isActive } from '../domain/run.ts';
import { resolveRun } from '../runs/findRun.ts';
import { stopQuestion } from '../runs/stopQuestion.ts';
import { waitForRun } from '../runs/waitForRun.ts';
import { code, nameText } from '../text/markdown.ts';
import { runField } from './fields.ts';
import { mentionsOfRun } from './runResult.ts';
import { defineTool } from './tool.ts';

export const stopRunTool = defineTool({
  name: 'mlops_stop_run',
  title: 'Stop a run',
  userDescription: 'Stops a run that is going on, after asking.',
  modelDescription:
    'Stops one run that is going on; its unfinished tasks end and cannot be resumed. The person is asked first. Use it only when the person asked to stop that run. A run that ended already stays as it is.',
  effect: 'write',
  input: z.strictObject({ run: runField }),
  progress: ({ run }) => `Stopping ${nameText(run)}`,
  confirm: async (request, { backend }, signal) => {
    const run = await backend.getRun(await resolveRun(backend, request.run, signal), signal);
    return { input: { run: run.id }, question: stopQuestion(run) };
  },
  run: async (request, deps, signal) => {
    const id = await resolveRun(deps.backend, request.run, signal);
    const answer = await deps.backend.stopRun(id, signal);
    const { run } = await waitForRun(id, answer === 'requested' ? 15 : 0, deps, signal);
    return { run, answer };
  },
  render: ({ run, answer }) => {
    if (answer === 'alreadyEnded') return `${code(run.id)} had already ended (${run.state}).`;
    if (isActive(run.state)) return `${code(run.id)} was asked to stop and is still ${run.state}.`;
    return run.state === 'stopped'
      ? `**${code(run.id)} was stopped.**`
      : `${code(run.id)} ended before it could be stopped (${run.state}).`;
  },
  mentions: ({ run }) => mentionsOfRun(run),
});
