import * as z from 'zod';
import { describeRun as describe } from '../runs/describeRun.ts';
import { resolveRun } from '../runs/findRun.ts';
import { lastGoodRun } from '../runs/lastGoodRun.ts';
import { nameText } from '../text/markdown.ts';
import { runField } from './fields.ts';
import { mentionsOfRun } from './runResult.ts';
import { defineTool } from './tool.ts';

export const describeRun = defineTool({
  name: 'mlops_describe_run',
  title: 'Describe a run',
  userDescription: "Shows a run's tasks, times, metrics, artifacts, and what failed on which line.",
  modelDescription:
    'Describes one run: state, tasks with times, metrics, artifacts, parameters, and for a failure the task, the error and the failing line. Use it for questions about how a run went or why it failed. Not for the printed output of a task (mlops_read_task_log).',
  effect: 'read',
  input: z.strictObject({ run: runField }),
  progress: ({ run }) => `Reading ${nameText(run)}`,
  run: async (request, { backend }, signal) => {
    const run = await backend.getRun(await resolveRun(backend, request.run, signal), signal);
    return { run, previous: await lastGoodRun(backend, run, signal) };
  },
  render: ({ run, previous }) => describe(run, previous),
  mentions: ({ run, previous }) => mentionsOfRun(run, previous),
});
