import * as z from 'zod';
import { onPlace } from '../domain/question.ts';
import { isActive } from '../domain/run.ts';
import { resolveRun } from '../runs/findRun.ts';
import { stopQuestion } from '../runs/stopQuestion.ts';
import { waitForRun } from '../runs/waitForRun.ts';
import { runIn } from '../sentences/words.ts';
import { code, nameText } from '../text/markdown.ts';
import { runField } from './fields.ts';
import { mentionsOfRun } from './runResult.ts';
import { defineTool } from './tool.ts';

export const stopRunTool = defineTool({
  name: 'mlops_stop_run',
  title: 'Stop a run',
  userDescription: 'Stops a run that is going on, after asking.',
  modelDescription:
    'Stops one run that is going on, for good, after the person has confirmed. Only when the person asked for it.',
  effect: 'write',
  input: z.strictObject({ run: runField }),
  progress: ({ run }) => `Stopping ${nameText(run)}`,
  confirm: async (request, deps, signal) => {
    const backend = await deps.backend();
    const run = await backend.getRun(await resolveRun(backend, request.run, signal), signal);
    return { input: { run: run.id }, question: onPlace(stopQuestion(run), deps.place) };
  },
  run: async (request, deps, signal) => {
    const backend = await deps.backend();
    const id = await resolveRun(backend, request.run, signal);
    const answer = await backend.stopRun(id, signal);
    const { run } = await waitForRun(id, answer === 'requested' ? 15 : 0, { ...deps, backend }, signal);
    return { run, answer };
  },
  render: ({ run, answer }) => {
    if (answer === 'alreadyEnded') return `${code(run.label)} had already ended (${run.state}).`;
    if (isActive(run.state)) return `${code(run.label)} was asked to stop and is still ${run.state}.`;
    return run.state === 'stopped'
      ? `**${code(run.label)} was stopped.**`
      : `${code(run.label)} ended before it could be stopped (${run.state}).`;
  },
  mentions: ({ run }) => mentionsOfRun(run),
  did: ({ run, answer }) => {
    if (answer === 'alreadyEnded') return undefined;
    if (isActive(run.state)) return `Asked ${code(run.label)} to stop`;
    return run.state === 'stopped' ? `Stopped ${code(run.label)}` : undefined;
  },
  examples: [{ say: 'stop iris-12', means: { run: 'iris-12' }, does: 'asks first' }],
  sentences: [
    {
      pattern: /^(?:stop|cancel|abort|terminate|kill|end) ?(?<what>.*)$/i,
      means: ({ what }, focus) => ({ run: runIn(what, focus) }),
    },
  ],
});
