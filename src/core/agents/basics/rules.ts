import type { Json } from '../../domain/json.ts';
import { own } from '../../domain/own.ts';
import type { Focus } from '../focus.ts';
import { readParameters } from './parameters.ts';

/** A sentence as a tool call. */
export interface Understood {
  readonly tool: string;
  readonly input: { readonly [name: string]: Json };
}

type Groups = { readonly [name: string]: string | undefined };

/** One kind of sentence. `make` may decline by returning undefined; the next rule is tried then. */
export interface Rule {
  readonly pattern: RegExp;
  readonly make: (groups: Groups, focus: Focus) => Understood | 'help' | undefined;
}

const call = (tool: string, input: Record<string, Json | undefined> = {}): Understood => ({
  tool: `mlops_${tool}`,
  input: Object.fromEntries(
    Object.entries(input).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  ),
});

const pronoun = /^(?:it|that|this|that one|this one|that run|this run|the run|again)$/i;
const lastRun = /^(?:the )?(?:last|latest|newest|most recent)(?: run| one)?$/i;
const lastOfState =
  /^(?:the )?(?:last|latest|newest|most recent) (?<how>failed|good|successful)(?: run| one)?$/i;

/** "run 12", "#12", "it", "the last run" as the tools take them. */
function run(text: string | undefined, focus: Focus): string {
  const bare = unquote((text ?? '').replace(/^(?:the )?run (?=\S)/i, ''));
  if (bare === '' || pronoun.test(bare)) return focus.run ?? 'last';
  const how = lastOfState.exec(bare)?.groups?.['how'];
  if (how !== undefined) return `last ${how.toLowerCase()}`;
  return lastRun.test(bare) ? 'last' : bare.replace(/^#/, '');
}

function pipeline(text: string | undefined, focus: Focus): string | undefined {
  const bare = unquote(
    (text ?? '')
      .replace(/^(?:the |my )/i, '')
      .replace(/^pipeline (?=\S)/i, '')
      .replace(/ pipeline$/i, ''),
  );
  return bare === '' || pronoun.test(bare) ? focus.pipeline : bare;
}

function unquote(text: string): string {
  const trimmed = text.trim();
  return /^(["'`]).+\1$/s.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
}

const states: { readonly [word: string]: string } = {
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

const looksLikeRun = (text: string) =>
  /^(?:run )?#?(?:\S+-)?\d+$/i.test(text) ||
  lastRun.test(text) ||
  lastOfState.test(text) ||
  pronoun.test(text);

function runOrPipeline(text: string | undefined, focus: Focus): Understood | undefined {
  const what = (text ?? '').trim();
  if (looksLikeRun(what) || /^run /i.test(what)) return call('describe_run', { run: run(what, focus) });
  const name = pipeline(what, focus);
  return name === undefined ? undefined : call('describe_pipeline', { pipeline: name });
}

function splitPath(path: string): { readonly bucket: string; readonly rest: string } {
  const [bucket = '', ...rest] = unquote(path)
    .replace(/^\w+:\/\//, '')
    .split('/');
  return { bucket, rest: rest.join('/') };
}

function listObjects(path: string | undefined, focus: Focus): Understood {
  const where = path === undefined || pronoun.test(path) ? focus.bucket : path;
  if (where === undefined) return call('list_objects');
  const { bucket, rest } = splitPath(where.replace(/^(?:the )?bucket /i, ''));
  return call('list_objects', { bucket, prefix: rest === '' ? undefined : rest });
}

const noCache = /(?:^|\s*,\s*|(?<!=)\s+)(?:without (?:the )?cache|with no cache|no cache|uncached)\b/i;
const longestWait = 120;
const waiting =
  /(?:^|\s*,\s*|(?<!=)\s+)(?:(?:and )?(?:wait(?:ing)?(?: up to| for)?|within) (\d+) ?s(?:econds?)?\b|\band wait(?: for (?:it|the (?:end|result)))?$)/i;
const withValues = /^(?<named>.*?)\s+(?:(?:with|using)\s+|(?=[\w-]+\s*=))(?<values>.*)$/is;

/** Words of their own: a pipeline may be called `doubled-again`. */
const onceMore = /(?:^|\s+)(?:once )?(?:again|once more|anew)$/i;

function startRun({ what = '', verb = '' }: Groups, focus: Focus): Understood | undefined {
  const rest = what.replace(waiting, '').replace(noCache, '').trim();
  const { named = rest, values = '' } = withValues.exec(rest)?.groups ?? {};
  const target = named.replace(onceMore, '');
  const subject =
    /^re-?run$/i.test(verb) || onceMore.test(named)
      ? { again: repeated(target, focus) }
      : newRunOf(pipeline(target, focus));
  return subject && call('run_pipeline', { ...subject, ...howToRun(what, values) });
}

const newRunOf = (name: string | undefined) => (name === undefined ? undefined : { pipeline: name });

/** What is set in a sentence that starts a run: values, the cache and the wait in seconds. */
function howToRun(what: string, values: string): Record<string, Json | undefined> {
  const parameters = readParameters(values);
  const wait = waiting.exec(what);
  return {
    parameters: Object.keys(parameters).length === 0 ? undefined : parameters,
    cache: noCache.test(what) ? false : undefined,
    wait: wait === null ? undefined : Math.min(longestWait, Number(wait[1] ?? longestWait)),
  };
}

/** The run to repeat: one that is named, or the newest of a pipeline. */
function repeated(text: string, focus: Focus): string {
  const bare = text.replace(/ pipeline$/i, '').trim();
  return run(looksLikeRun(bare) ? bare : bare.replace(/^(?:the |my )/i, ''), focus);
}

/** The call that the focus keeps for the next page: a tool's name and its input as JSON. */
function nextPage({ more }: Focus): Understood | undefined {
  const [, tool, input] = /^(mlops_\w+) (\{.*\})$/.exec(more ?? '') ?? [];
  return tool === undefined || input === undefined
    ? undefined
    : { tool, input: JSON.parse(input) as Understood['input'] };
}

/** The grammar, first match first. */
export const rules: readonly Rule[] = [
  {
    pattern:
      /^(?:(?:show|list|give|see|get)(?: me)? )?(?:the )?(?:more|next|rest|others|next (?:ones|page|\d+)|more of (?:them|these|those))$/i,
    make: (_groups, focus) => nextPage(focus),
  },
  {
    pattern: /^(?:help|\?|hello|what can (?:you|i) (?:do|say|ask).*|how do(?:es)? (?:you|this) work)$/i,
    make: () => 'help',
  },
  {
    pattern:
      /^(?:(?:list|show|find|see|get)(?: me)?(?: all)?(?: of)?(?: the| my)?|what|which)? ?pipelines?(?: are there| can i run| do i have| are here)?(?: (?:with|about|named|like|matching) (?<text>.+))?$/i,
    make: ({ text }) => call('list_pipelines', { text: text === undefined ? undefined : unquote(text) }),
  },
  {
    pattern:
      /^(?:list|show|see|get)?(?: me)?(?: all)?(?: of)?(?: the| my)?(?: last| latest| recent)? ?(?<state>active|running|current|succeeded|successful|good|failed|broken|stopped)? ?runs(?: (?:of|for|from) (?<of>.+?))?(?: (?:that |which )?(?:have |are )?(?<late>failed|succeeded|stopped|running|active))?$/i,
    make: ({ state, of, late }, focus) =>
      call('list_runs', {
        pipeline: of === undefined ? undefined : pipeline(of, focus),
        state: own(states, (state ?? late ?? '').toLowerCase()),
      }),
  },
  {
    pattern: /^what(?: is|'s) (?:running|going on|active)(?: now)?$/i,
    make: () => call('list_runs', { state: 'active' }),
  },
  {
    pattern: /^(?:list|show|see)?(?: me)?(?: the| all)? ?buckets$|^what(?: is|'s) in (?:the )?storage$/i,
    make: () => call('list_objects'),
  },
  {
    pattern:
      /^(?:list|show|see|browse)?(?: me)?(?: the| all)? ?(?:objects|files|contents?) (?:in|of|under|below) (?<path>.+)$|^(?:list|browse|ls) (?<bare>[^\s/]+\/\S*)$/i,
    make: ({ path, bare }, focus) => listObjects(path ?? bare, focus),
  },
  {
    pattern:
      /^(?:(?:show|list|see|get)(?: me)?|what(?: is|'s| was| are| were))(?: the| its)? (?:artifacts?|metrics|results?|outcome|tasks?|outputs?)(?: (?:of|for|from|in) (?<what>.+))?$/i,
    make: ({ what }, focus) => call('describe_run', { run: run(what, focus) }),
  },
  {
    pattern:
      /^what (?:did|has|does) (?<what>.+?) (?:return(?:ed)?|give|given|produced?|output|yield(?:ed)?)$|^what (?:came out|came of|was returned|did i get)(?: (?:of|by|from|in) )?(?<from>.*)$/i,
    make: ({ what, from }, focus) => call('describe_run', { run: run(what ?? from, focus) }),
  },
  {
    pattern:
      /^(?:(?<why>why did|why has|what went wrong (?:in|with)|explain why|diagnose|debug)|explain) ?(?<what>.*?)(?: (?:fail(?:ed)?|break|crash(?:ed)?|stop(?:ped)?|did fail))?$/i,
    make: ({ why, what }, focus) => {
      const named = run(what, focus);
      // Nobody asks why the last run failed that did not.
      return call('describe_run', {
        run: named === 'last' ? 'last failed' : named,
        failure: why === undefined ? undefined : true,
      });
    },
  },
  {
    pattern: /^install (?:the )?(?:pipeline )?(?:compiler|sdk|kubeflow pipelines sdk|kfp)$/i,
    make: () => call('install_compiler'),
  },
  {
    pattern: /^what (?:(?<failure>went wrong|failed)|happened)$/i,
    make: ({ failure }, focus) =>
      call('describe_run', { run: run('', focus), failure: failure === undefined ? undefined : true }),
  },
  {
    pattern:
      /^(?:search|grep|find|look)(?: for)? (?<text>.+?) in (?:the )?logs?(?: (?:of|for) (?:task )?(?<task>.+?))?(?: (?:in|of|from) (?<what>\S+|(?:the )?last(?: \w+)? run|run \S+))?$/i,
    make: ({ text, task, what }, focus) => readLog(task, what, { search: unquote(text ?? '') }, focus),
  },
  {
    pattern:
      /^(?:(?:show|read|print|get|see|open|tail)(?: me)?)?(?: the)?(?: last (?<lines>\d+) lines of(?: the)?)? ?logs?(?: (?:of|for|from))?(?: the)?(?: task)? ?(?<task>.*?)(?: (?:in|of|from) (?<what>\S+|(?:the )?last(?: \w+)? run|run \S+))?$/i,
    make: ({ lines, task, what }, focus) =>
      readLog(task, what, { tail: lines === undefined ? undefined : Number(lines) }, focus),
  },
  {
    pattern: /^(?:compare|diff) (?<a>.+?)(?: (?<how>with|to|and|against|vs\.?) (?<b>.+))?$/i,
    // "Compare a and b" reads from a to b; what a run is held against ("a with b") comes before it.
    make: ({ a, b, how }, focus) => {
      if (b === undefined) return call('compare_runs', { run: run(a, focus) });
      const [after = '', before = ''] = /^(?:and|vs)/i.test(how ?? '') ? [b, a] : [a, b];
      return call('compare_runs', { run: other(after, focus), with: other(before, focus) });
    },
  },
  {
    pattern: /^what(?: has|'s)? changed(?: since (?<b>.+))?$/i,
    make: ({ b }, focus) =>
      call('compare_runs', { run: run('', focus), with: b === undefined ? undefined : other(b, focus) }),
  },
  {
    pattern: /^(?:wait|watch|follow)(?: for)? ?(?<what>.*?)(?: to (?:end|finish))?$/i,
    make: ({ what }, focus) => call('wait_for_run', { run: run(what, focus) }),
  },
  {
    pattern: /^(?:stop|cancel|abort|terminate|kill|end) ?(?<what>.*)$/i,
    make: ({ what }, focus) => call('stop_run', { run: run(what, focus) }),
  },
  {
    pattern: /^(?:delete|remove) (?<what>.+)$/i,
    make: ({ what }, focus) => call('delete_run', { run: run(what, focus) }),
  },
  {
    pattern:
      /^(?:how did|how is|how was|how are|what about|status(?: of)?|state of|what(?: is|'s) the (?:status|state|result) of|result of|is) ?(?<what>.*?)(?: (?:do|go|doing|going|done|finished|run|perform|work out))?$/i,
    make: ({ what }, focus) => call('describe_run', { run: run(what, focus) }),
  },
  { pattern: /^(?<verb>run|start|execute|launch|rerun|re-run|try)(?: (?<what>.+))?$/i, make: startRun },
  {
    pattern: /^(?:read|show|open|print|cat|view|see)(?: me)?(?: the)?(?: object| file)? (?<path>\S+\/\S.*)$/i,
    make: ({ path }) => readObject(path),
  },
  {
    pattern:
      /^(?:(?:what are |show |list )?(?:the )?parameters (?:of|for)|describe|show(?: me)?|details? (?:of|on)|what does|what is|tell me about|info(?: on)?) (?<what>.+?)(?: do| take)?$/i,
    make: ({ what }, focus) => runOrPipeline(what, focus),
  },
  {
    pattern: /^(?<what>(?:run )?#?(?:[\w-]+-)?\d+)$/i,
    make: ({ what }, focus) => call('describe_run', { run: run(what, focus) }),
  },
];

function other(text: string, focus: Focus): string {
  return /^(?:the )?(?:one before|previous(?: one| run)?)$/i.test(text) && focus.against !== undefined
    ? focus.against
    : run(text, focus);
}

function readLog(
  task: string | undefined,
  what: string | undefined,
  more: Record<string, Json | undefined>,
  focus: Focus,
): Understood {
  const named = unquote(task ?? '');
  const isRun = what === undefined && named !== '' && looksLikeRun(named);
  const chosen = isRun ? run(named, focus) : run(what, focus);
  const taskName = isRun || named === '' || pronoun.test(named) ? undefined : named;
  return call('read_task_log', { run: chosen, task: taskName, ...more });
}

function readObject(path: string | undefined): Understood | undefined {
  const { bucket, rest } = splitPath(path ?? '');
  return bucket === '' || rest === '' ? undefined : call('read_object', { bucket, key: rest });
}
