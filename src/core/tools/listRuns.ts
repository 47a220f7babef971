import * as z from 'zod';
import { experimentField, pageField, pipelineField } from './fields.ts';
import { readRuns, renderRuns, type RunsInput, runSorts, runStates } from './listedRuns.ts';
import { listRunsSentences } from './listRunsSentences.ts';
import { inputOfNext } from './pages.ts';
import { mentionOfSummary } from './runResult.ts';
import { timeFields } from './times.ts';
import { defineTool } from './tool.ts';

export const listRunsTool = defineTool({
  name: 'mlops_list_runs',
  title: 'List runs',
  userDescription: 'Lists pipeline runs, newest first, by a metric, or the best one.',
  modelDescription:
    'Lists runs: id, state, date, how long, a metric, parameters that differ, why one failed. `best` with `metric` answers "which run has the highest precision". One run in detail: mlops_describe_run.',
  effect: 'read',
  input: z.strictObject({
    pipeline: pipelineField.optional().describe('Its name, or a word that several have.'),
    state: z.enum(runStates).optional().describe('Only these.'),
    ...timeFields,
    experiment: experimentField.optional(),
    archived: z.boolean().optional().describe('true: the archived ones.'),
    metric: z.string().min(1).max(200).optional().describe('The one to show.'),
    best: z.boolean().optional().describe('Only the best run by `metric`, and the next two.'),
    better: z.enum(['higher', 'lower']).optional().describe("Where the metric's name does not tell."),
    sort: z
      .enum(runSorts)
      .optional()
      .describe('"metric": best first; "duration": longest first; "state": failed first.'),
    limit: z.number().int().min(1).max(100).optional().describe('Default 20.'),
    page: pageField,
  }),
  progress: () => 'Looking at the runs',
  run: async (input: RunsInput, deps, signal) =>
    readRuns(await deps.backend(), input, deps.clock.now(), signal),
  render: renderRuns,
  mentions: (data) =>
    (data.kind === 'runs' ? data.found.items : [data.highest, data.lowest]).map(mentionOfSummary),
  more: (data) =>
    data.kind === 'runs' && !data.best ? inputOfNext({ ...data.input }, data.found) : undefined,
  examples: [
    { say: 'list runs', means: {}, does: 'newest first' },
    { say: 'list runs of iris', means: { pipeline: 'iris' } },
    { say: 'list failed runs of iris', means: { pipeline: 'iris', state: 'failed' }, does: 'only those' },
    { say: 'list runs by duration', means: { sort: 'duration' }, does: 'or by name, or by state' },
    { say: 'list runs since yesterday', means: { since: 'yesterday' }, does: 'or of a day, a week, a month' },
    {
      say: 'best run of iris by accuracy',
      means: { pipeline: 'iris', metric: 'accuracy', best: true },
      does: 'the best by a metric',
    },
  ],
  sentences: listRunsSentences,
  slash: {
    name: 'runs',
    description: 'List the runs, or describe one',
    sentence: (rest) => (rest === '' ? 'list runs' : `describe run ${rest}`),
  },
});
