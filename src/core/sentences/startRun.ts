import type { Focus } from '../domain/focus.ts';
import { readParameters } from './parameters.ts';
import type { Groups } from './sentence.ts';
import { isRun, pipelineIn, runIn, unquote } from './words.ts';

/** How a run is to be started, as a sentence says it. */
export interface RunWish {
  readonly pipeline?: string | undefined;
  readonly like?: string | undefined;
  readonly parameters?: { [name: string]: string } | undefined;
  readonly cache?: boolean | undefined;
  readonly experiment?: string | undefined;
  readonly wait?: number | undefined;
}

const intoExperiment = /\s+(?:in|into) (?:the )?experiment (?<experiment>"[^"]+"|\S+)(?=\s|$)/i;
const noCache = /(?:^|\s*,\s*|(?<!=)\s+)(?:without (?:the )?cache|with no cache|no cache|uncached)\b/i;
const longestWait = 120;
const waiting =
  /(?:^|\s*,\s*|(?<!=)\s+)(?:(?:and )?(?:wait(?:ing)?(?: up to| for)?|within) (\d+) ?s(?:econds?)?\b|\band wait(?: for (?:it|the (?:end|result)))?$)/i;
const withValues = /^(?<named>.*?)\s+(?:(?:with|using)\s+|(?=[\w-]+\s*=))(?<values>.*)$/is;

/** Words of their own: a pipeline may be called `doubled-again`. */
const onceMore = /(?:^|\s+)(?:once )?(?:again|once more|anew)$/i;

/** "run iris with max_depth 3 without cache and wait", "rerun it": undefined when no pipeline is named or in focus. */
export function startRun({ what = '', verb = '' }: Groups, focus: Focus): RunWish | undefined {
  const rest = what.replace(intoExperiment, '').replace(waiting, '').replace(noCache, '').trim();
  const { named = rest, values = '' } = withValues.exec(rest)?.groups ?? {};
  const target = named.replace(onceMore, '');
  const subject =
    /^re-?run$/i.test(verb) || onceMore.test(named)
      ? { like: repeated(target, focus) }
      : newRunOf(pipelineIn(target, focus));
  return subject && { ...subject, ...howToRun(what, values), ...experimentIn(what) };
}

function experimentIn(what: string): Pick<RunWish, 'experiment'> {
  const experiment = intoExperiment.exec(what)?.groups?.['experiment'];
  return experiment === undefined ? {} : { experiment: unquote(experiment) };
}

const newRunOf = (name: string | undefined) => (name === undefined ? undefined : { pipeline: name });

/** What is set in a sentence that starts a run: values, the cache and the wait in seconds. */
function howToRun(what: string, values: string): Omit<RunWish, 'pipeline' | 'like'> {
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
  return runIn(isRun(bare) ? bare : bare.replace(/^(?:the |my )/i, ''), focus);
}
