import * as z from 'zod';
import type { Focus } from '../domain/focus.ts';
import type { Run } from '../domain/run.ts';
import { describeRun } from '../runs/describeRun.ts';
import { resolveRun } from '../runs/findRun.ts';
import { lastFailedRun } from '../runs/lastFailedRun.ts';
import { lastGoodRun } from '../runs/lastGoodRun.ts';
import { lastLines } from '../runs/lastLines.ts';
import { notFailedLine } from '../runs/outcomeLine.ts';
import type { Groups } from '../sentences/sentence.ts';
import { describing, isThisFile, meansRun, runIn } from '../sentences/words.ts';
import { code, nameText } from '../text/markdown.ts';
import { runField } from './fields.ts';
import { mentionsOfRun } from './runResult.ts';
import { defineTool } from './tool.ts';

export const describeRunTool = defineTool({
  name: 'mlops_describe_run',
  title: 'Describe a run',
  userDescription: "Shows a run's tasks, times, metrics, artifacts, and what failed on which line.",
  modelDescription:
    'Describes one run: state, times, tasks, metrics, artifacts, parameters; of a failure task, error and line. For how a run went or why it failed. What a task printed: mlops_read_task_log.',
  effect: 'read',
  input: z.strictObject({
    run: runField,
    failure: z.boolean().optional().describe('True when the question is why it failed.'),
  }),
  progress: ({ run }) => `Reading ${nameText(run)}`,
  run: async (request, deps, signal) => {
    const backend = await deps.backend();
    const run = await backend.getRun(await resolveRun(backend, request.run, signal), signal);
    if (request.failure === true && !hasFailed(run))
      return { kind: 'notFailed', run, lastFailed: await lastFailedRun(backend, signal) } as const;
    const previous = await lastGoodRun(backend, run, signal);
    const at = { now: deps.clock.now(), lastLines: await lastLines(backend, run, signal) };
    return { kind: 'run', run, previous, at } as const;
  },
  render: (outcome) => {
    if (outcome.kind === 'run') return describeRun(outcome.run, outcome.previous, outcome.at);
    const { run, lastFailed } = outcome;
    const other = lastFailed === undefined ? '' : ` The last run that failed is ${code(lastFailed.id)}.`;
    return notFailedLine(run) + other;
  },
  mentions: (outcome) => {
    if (outcome.kind === 'run') return mentionsOfRun(outcome.run, outcome.previous);
    const [first, ...others] = mentionsOfRun(outcome.run);
    if (first?.kind !== 'run' || outcome.lastFailed === undefined) return mentionsOfRun(outcome.run);
    return [{ ...first, lastFailed: outcome.lastFailed.id }, ...others];
  },
  examples: [
    { say: 'describe run iris-12', means: { run: 'iris-12' } },
    {
      say: 'how did iris-12 do',
      means: { run: 'iris-12' },
      does: 'tasks, metrics, artifacts; "12" and "it" work too',
    },
    { say: 'how did it go', means: { run: 'last' }, does: 'the run that was spoken of, or the last one' },
    {
      say: 'why did iris-12 fail',
      means: { run: 'iris-12', failure: true },
      does: 'the task, the error and the line',
    },
  ],
  sentences: [
    {
      pattern:
        /^(?:(?:show|list|see|get)(?: me)?|what(?: is|'s| was| are| were))(?: the| its)? (?:artifacts?|metrics|results?|outcome|tasks?|outputs?)(?: (?:of|for|from|in) (?<what>.+))?$/i,
      means: named,
    },
    {
      pattern:
        /^what (?:did|has|does) (?<what>.+?) (?:return(?:ed)?|give|given|produced?|output|yield(?:ed)?)$|^what (?:came out|came of|was returned|did i get)(?: (?:of|by|from|in) )?(?<from>.*)$/i,
      means: ({ what, from }, focus) => ({ run: runIn(what ?? from, focus) }),
    },
    {
      pattern:
        /^(?:(?<why>why did|why do(?:es)?|why is|why has|what went wrong (?:in|with)|explain why|diagnose|debug)|explain) ?(?<what>.*?)(?: (?:fail(?:ed|ing|s)?|break(?:ing)?|crash(?:ed|ing)?|stop(?:ped)?|did fail))?$/i,
      means: ({ why, what = '' }, focus) => {
        if (why === undefined && isThisFile(what) && !meansRun(what, focus)) return undefined;
        const run = runIn(what, focus);
        // Whoever asks why the last run failed means the last one that did fail.
        return { run: run === 'last' ? 'last failed' : run, failure: why === undefined ? undefined : true };
      },
    },
    {
      pattern: /^what (?:(?<failure>went wrong|failed)|happened)$/i,
      means: ({ failure }, focus) => ({
        run: runIn('', focus),
        failure: failure === undefined ? undefined : true,
      }),
    },
    {
      pattern:
        /^(?:how did|how is|how was|how are|what about|status(?: of)?|state of|what(?: is|'s) the (?:status|state|result) of|result of|is) ?(?<what>.*?)(?: (?:do|go|doing|going|done|finished|run|perform|work out))?$/i,
      means: named,
    },
    {
      open: true,
      pattern: describing,
      means: ({ what = '' }, focus) => (meansRun(what, focus) ? { run: runIn(what, focus) } : undefined),
    },
    { open: true, pattern: /^(?<what>(?:run )?#?(?:[\w-]+-)?\d+)$/i, means: named },
  ],
});

/** The run that a sentence names. */
function named({ what }: Groups, focus: Focus): { readonly run: string } {
  return { run: runIn(what, focus) };
}

/** Whether there is a failure to tell of: a task may fail in a run that goes on, or ends well in spite of it. */
function hasFailed({ state, tasks }: Run): boolean {
  return state === 'failed' || state === 'interrupted' || tasks.some((task) => task.state === 'failed');
}
