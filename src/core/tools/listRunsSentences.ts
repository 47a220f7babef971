import { own } from '../domain/own.ts';
import type { Sentence } from '../sentences/sentence.ts';
import { timeSpan } from '../sentences/timeSpan.ts';
import { pipelineIn, unquote } from '../sentences/words.ts';
import type { RunsInput } from './listedRuns.ts';

/** Groups of states by the words that people have for them. */
const spoken: { readonly [word: string]: RunsInput['state'] } = {
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

/** Orders by the words that people have for them. */
const sorts: { readonly [word: string]: RunsInput['sort'] } = {
  name: 'name',
  duration: 'duration',
  length: 'duration',
  'time taken': 'duration',
  status: 'state',
  state: 'state',
};

/** What MLOps Basics reads as a list of runs. */
export const listRunsSentences: readonly Sentence<RunsInput>[] = [
  {
    pattern: /^(?:what|which runs) (?:ran|was run|were run|are) in (?:the )?experiment (?<experiment>.+)$/i,
    means: ({ experiment = '' }) => ({ experiment: unquote(experiment) }),
  },
  {
    pattern:
      /^(?:list|show|see|get)(?: me)?(?: all)?(?: of)?(?: the| my)? ?(?<state>active|succeeded|failed|stopped)? ?runs (?:of|in|from) (?:the )?experiment (?<experiment>.+)$/i,
    means: ({ state, experiment = '' }) => ({
      experiment: unquote(experiment),
      state: own(spoken, (state ?? '').toLowerCase()),
    }),
  },
  {
    pattern:
      /^(?:list|show|see|get|sort)(?: me)?(?: all)?(?: of)?(?: the| my)? ?runs(?: (?:of|for) (?<of>.+?))?,? (?:sorted |ordered )?by (?:their |its )?(?<sort>name|duration|length|time taken|status|state)$/i,
    means: ({ of, sort = '' }, focus) => ({
      ...(of === undefined ? {} : { pipeline: pipelineIn(of, focus) }),
      sort: own(sorts, sort.toLowerCase()),
    }),
  },
  {
    pattern:
      /^(?:(?:what|which) (?:is|was|were|are) |show(?: me)? |list )?(?:the )?(?:longest|slowest) runs?(?: (?:of|for) (?<of>.+?))?$/i,
    means: ({ of }, focus) => ({
      ...(of === undefined ? {} : { pipeline: pipelineIn(of, focus) }),
      sort: 'duration',
    }),
  },
  {
    pattern: /^(?:list|show|see|get)(?: me)?(?: all)?(?: of)?(?: the| my)? archived runs$/i,
    means: () => ({ archived: true }),
  },
  {
    pattern:
      /^(?:list|show|see|get)?(?: me)?(?: all)?(?: of)?(?: the| my)?(?: last| latest| recent)? ?(?<state>active|running|current|succeeded|successful|good|failed|broken|stopped)? ?runs(?: (?:of|for|from|in) (?<of>.+?))??(?: (?:that |which )?(?:have |are )?(?<late>failed|succeeded|stopped|running|active))?(?: (?:since|after) (?<since>.+?))?(?: (?:until|till|before) (?<until>.+?))?$/i,
    means: ({ state, of, late, since, until }, focus) => ({
      ...placeOrTime(of, (text) => pipelineIn(text, focus)),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      state: own(spoken, (state ?? late ?? '').toLowerCase()),
    }),
  },
  {
    pattern: /^what (?:is|was|has|'s)? ?(?<state>failed|succeeded|stopped) (?<when>.+)$/i,
    means: ({ state = '', when = '' }) =>
      isTime(when) ? { state: own(spoken, state.toLowerCase()), since: when, until: when } : undefined,
  },
  {
    pattern:
      /^(?:(?:what|which) (?:is|was) |show(?: me)? |find )?(?:the )?best run(?: (?:of|for) (?<of>.+?))?(?: by (?<metric>.+))?$/i,
    means: ({ of, metric }, focus) => ({
      pipeline: of === undefined ? undefined : pipelineIn(of, focus),
      metric,
      best: true,
    }),
  },
  {
    pattern:
      /^(?:which|what) (?:(?<of>\S+) )?run (?:has|had|got|achieved|reached|gave) (?:the )?(?<most>highest|lowest|best) (?<metric>.+)$/i,
    means: ({ of, most = '', metric }, focus) => ({
      pipeline: of === undefined ? undefined : pipelineIn(of, focus),
      metric,
      best: true,
      better: own({ highest: 'higher', lowest: 'lower' } as const, most.toLowerCase()),
    }),
  },
  {
    pattern: /^what(?: is|'s) (?:running|going on|active)(?: now)?$/i,
    means: () => ({ state: 'active' as const }),
  },
];

/** What stands after "runs of": a pipeline, or a time as in "runs from April". */
function placeOrTime(
  text: string | undefined,
  pipelineOf: (text: string) => string | undefined,
): Pick<RunsInput, 'pipeline' | 'since' | 'until'> {
  if (text === undefined) return {};
  return isTime(text) ? { since: text, until: text } : { pipeline: pipelineOf(text) };
}

/** Whether a text names a time, at whatever moment. */
const isTime = (text: string) => timeSpan(text, 0) !== undefined;
