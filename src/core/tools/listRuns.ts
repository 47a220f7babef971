import * as z from 'zod';
import type { Page } from '../domain/page.ts';
import { type RunState, type RunSummary } from '../domain/run.ts';
import { findPipeline } from '../pipelines/findPipeline.ts';
import { runDuration } from '../runs/compareRuns.ts';
import { code, plain, table } from '../text/markdown.ts';
import { ago, duration } from '../text/units.ts';
import { figure, value } from '../text/values.ts';
import { pageField, pipelineField } from './fields.ts';
import { defineTool } from './tool.ts';

const groups = {
  active: ['pending', 'preparing', 'running', 'stopping'],
  succeeded: ['succeeded'],
  failed: ['failed', 'interrupted'],
  stopped: ['stopped'],
} as const satisfies Record<string, readonly RunState[]>;

export const listRuns = defineTool({
  name: 'mlops_list_runs',
  title: 'List runs',
  userDescription: 'Lists pipeline runs, newest first.',
  modelDescription:
    'Lists runs of ML pipelines, newest first: id, state, when, how long, main metric, parameters. Use it to find a run or to see what is going on. Not for the details of one run (mlops_describe_run).',
  effect: 'read',
  input: z.strictObject({
    pipeline: pipelineField.optional(),
    state: z.enum(['active', 'succeeded', 'failed', 'stopped']).optional().describe('Keep only runs in this state.'),
    page: pageField,
  }),
  progress: () => 'Looking at the runs',
  run: async ({ pipeline, state, page }, { backend, clock }, signal) => {
    const id = pipeline === undefined ? undefined : (await findPipeline(backend, pipeline, signal)).id;
    const found = await backend.listRuns(
      {
        size: 20,
        ...(id === undefined ? {} : { pipeline: id }),
        ...(state === undefined ? {} : { states: groups[state] }),
        ...(page === undefined ? {} : { page }),
      },
      signal,
    );
    return { found, now: clock.now() };
  },
  render: renderRuns,
  mentions: ({ found }) =>
    found.items.slice(0, 10).map((run) => ({ kind: 'run', id: run.id, state: run.state, pipeline: run.pipeline.name }) as const),
});

function renderRuns({ found, now }: { readonly found: Page<RunSummary>; readonly now: number }): string {
  if (found.items.length === 0) return 'There are no such runs.';
  const rows = found.items.map((run) => {
    const took = runDuration(run);
    const [metric] = run.metrics;
    return [
      code(run.id),
      run.state,
      ago(run.createdAt, now),
      took === undefined ? '' : duration(took),
      metric === undefined ? '' : `${plain(metric.name)} ${figure(metric.value)}`,
      Object.entries(run.parameters)
        .slice(0, 3)
        .map(([name, json]) => `${code(name)} ${value(json)}`)
        .join(', '),
    ];
  });
  const more = found.next === undefined ? '' : `There are more; ask for page ${code(found.next)}.`;
  const cut = found.cut === undefined ? '' : plain(found.cut);
  return [table(['run', 'state', 'started', 'took', 'metric', 'parameters'], rows), more, cut].filter(Boolean).join('\n\n');
}
