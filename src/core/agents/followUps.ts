import type { ConnectionId } from '../domain/connection.ts';
import { isJsonObject, type Json, sameJson } from '../domain/json.ts';
import type { Mention } from '../domain/mention.ts';
import { own } from '../domain/own.ts';
import { isActive } from '../domain/run.ts';
import type { ToolCall } from '../ports/languageModel.ts';
import { visible } from '../text/literal.ts';
import { sentence } from '../text/markdown.ts';
import { understand } from './basics/understand.ts';

/** A sentence to offer next. */
export interface FollowUp {
  readonly prompt: string;
}

/** A sentence and the call that it means: one that is not understood back is not offered. */
interface Offer extends FollowUp {
  readonly tool: string;
  readonly input: { readonly [name: string]: Json };
}

const longestName = 100;

type Call = Pick<ToolCall, 'name' | 'input'>;

/** What a turn was about. */
export interface AskedTurn {
  /** The calls that were made in it. */
  readonly calls?: readonly Call[];
  /** It was a question for help. */
  readonly help?: boolean;
  /** A request to make once more, which comes before all else. */
  readonly again?: string;
  /** The name of a connection, where sentences have to say it: it is not the active one. */
  readonly placeOf?: (connection: ConnectionId) => string | undefined;
}

/** What people are likely to ask next, from what the turn named; at most three, and nothing that was just asked. */
export function followUps(mentions: readonly Mention[], asked: AskedTurn = {}): readonly FollowUp[] {
  const { again } = asked;
  const named = again === undefined || mentions.length > 0 ? fromMentions(mentions, asked) : [];
  const others = named.filter(({ prompt }) => prompt !== again);
  return [...(again === undefined ? [] : [{ prompt: again }]), ...others].slice(0, 3);
}

function fromMentions(
  mentions: readonly Mention[],
  { calls = [], help = false, placeOf = () => undefined }: AskedTurn,
): readonly FollowUp[] {
  const [first] = mentions;
  const place = first === undefined ? undefined : placeOf(first.connection);
  const offers = (first === undefined ? [listPipelines, listRuns] : next(first)).map((one) => at(place, one));
  const compared =
    first?.kind === 'run' && mentions.some((other) => other.kind === 'run' && other.id === first.against?.id);
  const left = offers.filter(
    (one) =>
      isUnderstood(one, place) &&
      !(compared && one.tool === comparing) &&
      !calls.some((call) => isSameCall(call, one, namesOf(first))),
  );
  const more = mentions.some(({ kind }) => kind === 'more') ? [{ prompt: 'more' }] : [];
  const about = first === undefined && !help ? [{ prompt: 'help' }] : [];
  return [...more, ...left.map(({ prompt }) => ({ prompt })), ...about];
}

/** An offer that says where. */
function at(place: string | undefined, offered: Offer): Offer {
  if (place === undefined) return offered;
  return {
    ...offered,
    prompt: `${offered.prompt} on ${place}`,
    input: { ...offered.input, connection: place },
  };
}

/** Whether an offer is what was called, in whatever way the run or pipeline was named that the answer is about. */
function isSameCall(call: Call, offered: Offer, about: readonly string[]): boolean {
  if (call.name !== offered.tool || !isJsonObject(call.input)) return false;
  const { connection: _called, ...input } = call.input;
  const { connection: _place, ...same } = offered.input;
  if (call.name === 'mlops_run_pipeline') return sameJson(input, same);
  const resolved = Object.entries(input).map(([key, value]) => {
    const name = key === 'run' || key === 'pipeline' ? own(same, key) : undefined;
    return [key, typeof name === 'string' && about.includes(name) ? name : value] as const;
  });
  return sameJson(Object.fromEntries(resolved), same);
}

/** What the first thing that was named is called: the answer is about it. */
function namesOf(mention: Mention | undefined): readonly string[] {
  switch (mention?.kind) {
    case 'pipeline':
      return [mention.name];
    case 'run':
      return [mention.id, mention.label, mention.pipeline];
    case 'task':
      return [mention.run];
    default:
      return [];
  }
}

/** A sentence as the editor shows it on its button, which reads Markdown. */
export function followUpLabel(prompt: string): string {
  return sentence(prompt);
}

const comparing = 'mlops_compare_runs';

function isUnderstood({ prompt, tool, input }: Offer, place: string | undefined): boolean {
  const names = Object.values(input).map(String);
  if (names.some((name) => name.length > longestName || /[\r\n]/.test(name) || visible(name) !== name))
    return false;
  const understood = understand(prompt, {}, place === undefined ? [] : [place]);
  return (
    typeof understood === 'object' &&
    understood.tool === tool &&
    sameJson({ ...understood.input }, { ...input })
  );
}

/** A name in a sentence: in quotes when it has what would end it there. */
const inSentence = (name: string) => (/^[\p{L}\p{N}_./@:[\]-]+$/u.test(name) ? name : `"${name}"`);

const offer = (prompt: string, tool: string, input: Offer['input'] = {}): Offer => ({
  prompt,
  tool: `mlops_${tool}`,
  input,
});

const listPipelines = offer('list pipelines', 'list_pipelines');
const listRuns = offer('list runs', 'list_runs');

function next(mention: Mention): readonly Offer[] {
  switch (mention.kind) {
    case 'pipeline': {
      const { name } = mention;
      return [
        describePipeline(name),
        offer(`run ${inSentence(name)}`, 'run_pipeline', { pipeline: name }),
        runsOf(name),
      ];
    }
    case 'run':
      return afterRun(mention);
    case 'task':
      return [
        offer(`describe run ${inSentence(mention.run)}`, 'describe_run', { run: mention.run }),
        listRuns,
      ];
    case 'more':
      return [];
    case 'bucket':
      return [offer('list buckets', 'list_objects'), listRuns];
    case 'object':
      return [objectsBeside(mention)];
  }
}

const describePipeline = (name: string) =>
  offer(`describe ${inSentence(name)}`, 'describe_pipeline', { pipeline: name });
const runsOf = (name: string) => offer(`list runs of ${inSentence(name)}`, 'list_runs', { pipeline: name });

function objectsBeside({ bucket, key }: Mention & { kind: 'object' }): Offer {
  const prefix = key.slice(0, key.lastIndexOf('/') + 1);
  return offer(`list objects in ${inSentence(`${bucket}/${prefix}`)}`, 'list_objects', {
    bucket,
    ...(prefix === '' ? {} : { prefix }),
  });
}

function afterRun(mention: Mention & { kind: 'run' }): readonly Offer[] {
  const { id, state, pipeline, against, lastFailed } = mention;
  const run = inSentence(id);
  if (isActive(state)) {
    return [
      offer(`wait for ${run}`, 'wait_for_run', { run: id }),
      offer(`stop ${run}`, 'stop_run', { run: id }),
    ];
  }
  const log = logOffer(mention);
  if (state === 'failed') {
    return [log, offer(`run ${run} again`, 'run_pipeline', { again: id }), describePipeline(pipeline)];
  }
  const whyFailed =
    lastFailed === undefined
      ? []
      : [offer(`why did ${inSentence(lastFailed)} fail`, 'describe_run', { run: lastFailed, failure: true })];
  const compare =
    against === undefined
      ? []
      : [
          offer(`compare ${run} with ${inSentence(against.id)}`, 'compare_runs', {
            run: id,
            with: against.id,
          }),
        ];
  return [...whyFailed, ...compare, log, runsOf(pipeline)];
}

/** The log of a run, or the run itself where it is not known to have one. */
function logOffer({ id, log, state }: Mention & { kind: 'run' }): Offer {
  const run = inSentence(id);
  if (log === false) return offer(`describe run ${run}`, 'describe_run', { run: id });
  return log === undefined || state !== 'failed'
    ? offer(`show the log of ${run}`, 'read_task_log', { run: id })
    : offer(`show the log of ${inSentence(log)} in ${run}`, 'read_task_log', { run: id, task: log });
}
