import * as z from 'zod';
import { noRunsYet } from '../runs/findRun.ts';
import { own } from '../domain/own.ts';
import type { Page } from '../domain/page.ts';
import { activeStates, type RunState, type RunSummary, runDuration } from '../domain/run.ts';
import { findPipeline } from '../pipelines/findPipeline.ts';
import { namedRun } from '../runs/namedRun.ts';
import { headline } from '../runs/headlineMetric.ts';
import { pipelineIn } from '../sentences/words.ts';
import { code, plain, shorten } from '../text/markdown.ts';
import { ago, duration } from '../text/units.ts';
import { value } from '../text/values.ts';
import { pageField, pipelineField } from './fields.ts';
import { inputOfNext, moreText } from './pages.ts';
import { mentionOfSummary } from './runResult.ts';
import { defineTool } from './tool.ts';

const groups = {
  active: activeStates,
  succeeded: ['succeeded'],
  failed: ['failed', 'interrupted'],
  stopped: ['stopped'],
} as const satisfies Record<string, readonly RunState[]>;

/** Groups by the words that people have for them. */
const spoken: { readonly [word: string]: keyof typeof groups } = {
  active: 'active',
  running: 'active',
  current: 'active',
  succeeded: 'succeeded',
  successful: 'succeeded',
  good: 'succeeded',
  failed: 'failed',
  broken: 'failed',
  stopped: 'stopped',
};

export const listRunsTool = defineTool({
  name: 'mlops_list_runs',
  title: 'List runs',
  userDescription: 'Lists pipeline runs, newest first.',
  modelDescription:
    'Lists runs of ML pipelines, newest first: id, state, when, how long, main metric, parameters. Use it to find a run or to see what is going on. Not for the details of one run (mlops_describe_run).',
  effect: 'read',
  input: z.strictObject({
    pipeline: pipelineField.optional(),
    state: z
      .enum(['active', 'succeeded', 'failed', 'stopped'])
      .optional()
      .describe('Keep only runs in this state.'),
    page: pageField,
  }),
  progress: () => 'Looking at the runs',
  run: async ({ pipeline, state, page }, deps, signal) => {
    const { clock } = deps;
    const backend = await deps.backend();
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
    const filter = {
      ...(pipeline === undefined ? {} : { pipeline }),
      ...(state === undefined ? {} : { state }),
    };
    return { found, filter, now: clock.now() };
  },
  render: renderRuns,
  mentions: ({ found }) => found.items.map(mentionOfSummary),
  more: ({ found, filter }) => inputOfNext(filter, found),
  examples: [
    { say: 'list runs', means: {}, does: 'newest first' },
    { say: 'list runs of iris', means: { pipeline: 'iris' } },
    { say: 'list failed runs of iris', means: { pipeline: 'iris', state: 'failed' }, does: 'only those' },
  ],
  sentences: [
    {
      pattern:
        /^(?:list|show|see|get)?(?: me)?(?: all)?(?: of)?(?: the| my)?(?: last| latest| recent)? ?(?<state>active|running|current|succeeded|successful|good|failed|broken|stopped)? ?runs(?: (?:of|for|from) (?<of>.+?))?(?: (?:that |which )?(?:have |are )?(?<late>failed|succeeded|stopped|running|active))?$/i,
      means: ({ state, of, late }, focus) => ({
        pipeline: of === undefined ? undefined : pipelineIn(of, focus),
        state: own(spoken, (state ?? late ?? '').toLowerCase()),
      }),
    },
    {
      pattern: /^what(?: is|'s) (?:running|going on|active)(?: now)?$/i,
      means: () => ({ state: 'active' as const }),
    },
  ],
  slash: {
    name: 'runs',
    description: 'List the runs, or describe one',
    sentence: (rest) => (rest === '' ? 'list runs' : `describe run ${rest}`),
  },
});

interface FoundRuns {
  readonly found: Page<RunSummary>;
  readonly filter: { readonly pipeline?: string; readonly state?: string };
  readonly now: number;
}

function renderRuns({ found, filter, now }: FoundRuns): string {
  if (found.items.length === 0) return noneText(filter);
  const cut = found.cut === undefined ? '' : plain(found.cut);
  return [found.items.map((run) => runLine(run, now)).join('\n'), moreText(found), cut]
    .filter(Boolean)
    .join('\n\n');
}

function noneText({ pipeline, state }: FoundRuns['filter']): string {
  if (pipeline === undefined && state === undefined) return noRunsYet;
  const of = pipeline === undefined ? '' : ` of ${code(pipeline)}`;
  return `There are no ${state === undefined ? '' : `${state} `}runs${of}.`;
}

/** "- `iris-12` succeeded 3 min ago in 8 s: accuracy 0.97 (`max_depth` 3)". */
function runLine(run: RunSummary, now: number): string {
  const took = runDuration(run);
  const metric = headline(run.metrics);
  const parameters = Object.entries(run.parameters).map(
    ([name, json]) => `${code(name)} ${value(name, json)}`,
  );
  const more = parameters.length > 3 ? ', …' : '';
  return [
    `- ${namedRun(run)} ${run.state} ${ago(run.createdAt, now)}`,
    took === undefined ? '' : ` in ${duration(took)}`,
    metric === undefined ? '' : `: ${plain(shorten(metric, 200))}`,
    parameters.length === 0 ? '' : ` (${parameters.slice(0, 3).join(', ')}${more})`,
  ].join('');
}
