import * as z from 'zod';
import { resolveRun } from '../runs/findRun.ts';
import { lastGoodRun } from '../runs/lastGoodRun.ts';
import { waitForRun } from '../runs/waitForRun.ts';
import { runIn } from '../sentences/words.ts';
import { nameText } from '../text/markdown.ts';
import { runField, waitField } from './fields.ts';
import { mentionsOfRun, renderWaited } from './runResult.ts';
import { defineTool } from './tool.ts';

export const waitForRunTool = defineTool({
  name: 'mlops_wait_for_run',
  title: 'Wait for a run',
  userDescription: 'Waits until a run ends and tells how it went.',
  modelDescription:
    'Waits for the end of a run that is going on; returns its state, metrics and how they compare with the last good run.',
  effect: 'read',
  input: z.strictObject({ run: runField, wait: waitField }),
  progress: ({ run }) => `Waiting for ${nameText(run)}`,
  run: async (request, deps, signal) => {
    const backend = await deps.backend();
    const id = await resolveRun(backend, request.run, signal);
    const { run } = await waitForRun(id, request.wait ?? 60, { ...deps, backend }, signal);
    return { run, previous: await lastGoodRun(backend, run, signal) };
  },
  render: renderWaited,
  mentions: ({ run, previous }) => mentionsOfRun(run, previous),
  examples: [{ say: 'wait for iris-12', means: { run: 'iris-12' }, does: 'until it ends' }],
  sentences: [
    {
      pattern: /^(?:wait|watch|follow)(?: for)? ?(?<what>.*?)(?: to (?:end|finish))?$/i,
      means: ({ what }, focus) => ({ run: runIn(what, focus) }),
    },
  ],
});
