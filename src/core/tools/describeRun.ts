import * as z from 'zod';
import type { Run } from '../domain/run.ts';
import { describeRun } from '../runs/describeRun.ts';
import { resolveRun } from '../runs/findRun.ts';
import { lastFailedRun } from '../runs/lastFailedRun.ts';
import { lastGoodRun } from '../runs/lastGoodRun.ts';
import { notFailedLine } from '../runs/outcomeLine.ts';
import { code, nameText } from '../text/markdown.ts';
import { runField } from './fields.ts';
import { mentionsOfRun } from './runResult.ts';
import { defineTool } from './tool.ts';

export const describeRunTool = defineTool({
  name: 'mlops_describe_run',
  title: 'Describe a run',
  userDescription: "Shows a run's tasks, times, metrics, artifacts, and what failed on which line.",
  modelDescription:
    'Describes one run: state, tasks with times, metrics, artifacts, parameters, and for a failure the task, the error and the failing line. Use it for questions about how a run went or why it failed. Not for the printed output of a task (mlops_read_task_log).',
  effect: 'read',
  input: z.strictObject({
    run: runField,
    failure: z
      .boolean()
      .optional()
      .describe('True when the question is why it failed: for a run that did not, the answer is just that.'),
  }),
  progress: ({ run }) => `Reading ${nameText(run)}`,
  run: async (request, deps, signal) => {
    const backend = await deps.backend();
    const run = await backend.getRun(await resolveRun(backend, request.run, signal), signal);
    if (request.failure === true && !hasFailed(run))
      return { kind: 'notFailed', run, lastFailed: await lastFailedRun(backend, signal) } as const;
    return { kind: 'run', run, previous: await lastGoodRun(backend, run, signal) } as const;
  },
  render: (found) => {
    if (found.kind === 'run') return describeRun(found.run, found.previous);
    const { run, lastFailed } = found;
    const other = lastFailed === undefined ? '' : ` The last run that failed is ${code(lastFailed.id)}.`;
    return notFailedLine(run) + other;
  },
  mentions: (found) => {
    if (found.kind === 'run') return mentionsOfRun(found.run, found.previous);
    const [first, ...others] = mentionsOfRun(found.run);
    if (first?.kind !== 'run' || found.lastFailed === undefined) return mentionsOfRun(found.run);
    return [{ ...first, lastFailed: found.lastFailed.id }, ...others];
  },
});

/** Whether there is a failure to tell of: a task may fail in a run that goes on, or ends well in spite of it. */
function hasFailed({ state, tasks }: Run): boolean {
  return state === 'failed' || state === 'interrupted' || tasks.some((task) => task.state === 'failed');
}
