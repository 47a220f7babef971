import * as z from 'zod';
import { pageField, pipelineField } from './fields.ts';
import { readRuns, renderRuns, type RunsInput, runStates } from './listedRuns.ts';
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
    'Lists runs of ML pipelines, newest first: id, state, when, how long, main metric, parameters that differ, why one failed. With `metric` it shows that metric; with `best` it finds the best run by it, which answers "which run has the highest precision". Use it to find a run, or runs of a time. Not for the details of one run (mlops_describe_run).',
  effect: 'read',
  input: z.strictObject({
    pipeline: pipelineField.optional().describe("The pipeline's name, or a word that several have."),
    state: z.enum(runStates).optional().describe('Keep only runs in this state.'),
    ...timeFields,
    metric: z.string().min(1).max(200).optional().describe('The metric to show for each run.'),
    best: z
      .boolean()
      .optional()
      .describe('True: the best run first, by `metric`, or by the main one, and only the next two.'),
    better: z
      .enum(['higher', 'lower'])
      .optional()
      .describe("Which values are better, where the metric's name does not tell."),
    sort: z.enum(['newest', 'oldest', 'metric']).optional().describe('"metric": the best first.'),
    limit: z.number().int().min(1).max(100).optional().describe('Most runs to list; 20 when left out.'),
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
