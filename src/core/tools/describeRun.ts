import * as z from 'zod';
import type { Focus } from '../domain/focus.ts';
import { describeRun } from '../runs/describeRun.ts';
import { resolveRun } from '../runs/findRun.ts';
import { lastGoodRun } from '../runs/lastGoodRun.ts';
import { lastLines } from '../runs/lastLines.ts';
import type { Groups } from '../sentences/sentence.ts';
import { describing, isThisFile, meansRun, runIn } from '../sentences/words.ts';
import { nameText } from '../text/markdown.ts';
import { runField } from './fields.ts';
import { mentionsOfRun } from './runResult.ts';
import { defineTool } from './tool.ts';

export const describeRunTool = defineTool({
  name: 'mlops_describe_run',
  title: 'Describe a run',
  userDescription: "Shows a run's tasks, times, metrics, artifacts, and what failed on which line.",
  modelDescription:
    'Describes one run: state, times, tasks, metrics, artifacts, parameters; of a failure task, error and line. For how a run went. Why it failed or waits: mlops_diagnose_run. What a task printed: mlops_read_task_log.',
  effect: 'read',
  input: z.strictObject({ run: runField }),
  progress: ({ run }) => `Reading ${nameText(run)}`,
  run: async (request, deps, signal) => {
    const backend = await deps.backend();
    const run = await backend.getRun(await resolveRun(backend, request.run, signal), signal);
    const previous = await lastGoodRun(backend, run, signal);
    const at = { now: deps.clock.now(), lastLines: await lastLines(backend, run, signal) };
    return { run, previous, at };
  },
  render: ({ run, previous, at }) => describeRun(run, previous, at),
  mentions: ({ run, previous }) => mentionsOfRun(run, previous),
  examples: [
    { say: 'describe run iris-12', means: { run: 'iris-12' } },
    {
      say: 'how did iris-12 do',
      means: { run: 'iris-12' },
      does: 'tasks, metrics, artifacts; "12" and "it" work too',
    },
    { say: 'how did it go', means: { run: 'last' }, does: 'the run that was spoken of, or the last one' },
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
      pattern: /^explain(?! why\b) ?(?<what>.*?)$/i,
      means: ({ what = '' }, focus) =>
        isThisFile(what) && !meansRun(what, focus) ? undefined : { run: runIn(what, focus) },
    },
    { pattern: /^what happened$/i, means: (_, focus) => ({ run: runIn('', focus) }) },
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
