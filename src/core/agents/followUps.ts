import type { ConnectionId } from '../domain/connection.ts';
import { isJsonObject, type JsonObject, sameJson } from '../domain/json.ts';
import type { Mention } from '../domain/mention.ts';
import { own } from '../domain/own.ts';
import { isActive } from '../domain/run.ts';
import type { ToolCall } from '../ports/languageModel.ts';
import { visible } from '../text/literal.ts';
import { sentenceFor } from '../sentences/template.ts';
import { sentence } from '../text/markdown.ts';
import { findTool, type ToolName } from '../tools/table.ts';
import { understand } from './basics/understand.ts';

/** A sentence to offer next. */
export interface FollowUp {
  readonly prompt: string;
}

/** A sentence and the call that it means; it is offered only if MLOps Basics understands it as this call. */
interface Offer extends FollowUp {
  readonly tool: ToolName;
  readonly input: JsonObject;
}

const longestName = 100;

type Call = Pick<ToolCall, 'name' | 'input'>;

/** What a turn was about. */
export interface AskedTurn {
  /** The calls that were made in it. */
  readonly calls?: readonly Call[];
  /** Several things of this connection were listed, and the answer is about none of them. */
  readonly listed?: ConnectionId;
  /** It was a question for help. */
  readonly help?: boolean;
  /** Sentences near to one that was not understood: nothing else is offered then. */
  readonly near?: readonly string[];
  /** A request to make once more, which comes before all else. */
  readonly again?: string;
  /** The name of a connection, where sentences have to say it: it is not the active one. */
  readonly placeOf?: (connection: ConnectionId) => string | undefined;
  /** False for a connection with objects alone. Left out: all have pipelines and runs. */
  readonly hasRuns?: (connection: ConnectionId) => boolean;
}

/** What people are likely to ask next, from what the answer is about; at most three, and nothing that was just asked. */
export function followUps(mentions: readonly Mention[], asked: AskedTurn = {}): readonly FollowUp[] {
  const { again, near = [] } = asked;
  if (near.length > 0) return near.map((prompt) => ({ prompt })).slice(0, 3);
  const named = again === undefined || mentions.length > 0 ? fromMentions(mentions, asked) : [];
  const others = named.filter(({ prompt }) => prompt !== again);
  return [...(again === undefined ? [] : [{ prompt: again }]), ...others].slice(0, 3);
}

function fromMentions(
  mentions: readonly Mention[],
  { calls = [], listed, help = false, placeOf = () => undefined, hasRuns = () => true }: AskedTurn,
): readonly FollowUp[] {
  const first = mentions.find(({ kind }) => kind !== 'more');
  const connection = first?.connection ?? listed;
  const place = connection === undefined ? undefined : placeOf(connection);
  const offers = nextOf(first, mentions).map((offered) => onConnection(place, offered));
  const compared = isCompared(first, mentions);
  const runs = connection === undefined || hasRuns(connection);
  const left = offers.filter(
    (offered) =>
      (runs || !ofRuns.includes(offered.tool)) &&
      isUnderstood(offered, place) &&
      !(compared && offered.tool === 'mlops_compare_runs') &&
      !calls.some((call) => isSameCall(call, offered, namesOf(first))),
  );
  const more = mentions.some(({ kind }) => kind === 'more') ? [{ prompt: 'more' }] : [];
  const about = connection === undefined && !help ? [{ prompt: 'help' }] : [];
  return [...more, ...left.map(({ prompt }) => ({ prompt })), ...about];
}

/** What is offered whatever an answer was about, and is of no use without runs. */
const ofRuns: readonly ToolName[] = ['mlops_list_pipelines', 'mlops_list_runs'];

function isCompared(first: Mention | undefined, mentions: readonly Mention[]): boolean {
  if (first?.kind !== 'run') return false;
  return mentions.some((other) => other.kind === 'run' && other.id === first.against?.id);
}

/** An offer that names the connection that it is for. */
function onConnection(place: string | undefined, offered: Offer): Offer {
  if (place === undefined) return offered;
  return {
    ...offered,
    prompt: `${offered.prompt} on ${place}`,
    input: { ...offered.input, connection: place },
  };
}

/** Whether an offer repeats a call, by whatever name the call gave the run or pipeline that the answer is about. */
function isSameCall(call: Call, offered: Offer, about: readonly string[]): boolean {
  if (call.name !== offered.tool || !isJsonObject(call.input)) return false;
  const { connection: _called, ...input } = call.input;
  const { connection: _place, ...same } = offered.input;
  if (offered.tool === 'mlops_run_pipeline') return sameJson(input, same);
  const resolved = Object.entries(input).map(([key, value]) => {
    const name = key === 'run' || key === 'pipeline' ? own(same, key) : undefined;
    return [key, typeof name === 'string' && about.includes(name) ? name : value] as const;
  });
  return sameJson(Object.fromEntries(resolved), same);
}

/** The names of the first thing that was mentioned, which the answer is about. */
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

function isUnderstood({ prompt, tool, input }: Offer, place: string | undefined): boolean {
  const names = Object.values(input).map(String);
  if (names.some((name) => name.length > longestName || /[\r\n]/.test(name) || visible(name) !== name))
    return false;
  const understood = understand(prompt, {}, place === undefined ? {} : { places: [place] });
  return (
    typeof understood === 'object' &&
    understood.tool === tool &&
    sameJson({ ...understood.input }, { ...input })
  );
}

/** The call in the words of its tool's examples; nothing where no example is like it. */
function offer(tool: ToolName, input: JsonObject = {}): readonly Offer[] {
  const prompt = sentenceFor(findTool(tool)?.examples ?? [], input);
  return prompt === undefined ? [] : [{ prompt, tool, input }];
}

/** What comes after the thing that the answer is about; after a task's log first of all its run. */
function nextOf(first: Mention | undefined, mentions: readonly Mention[]): readonly Offer[] {
  if (first === undefined) return [...listPipelines(), ...listRuns()];
  const run = first.kind === 'run' && mentions.some(({ kind }) => kind === 'task') ? first.label : undefined;
  return [...(run === undefined ? [] : offer('mlops_describe_run', { run })), ...next(first, mentions)];
}

function next(mention: Mention, all: readonly Mention[]): readonly Offer[] {
  switch (mention.kind) {
    case 'pipeline': {
      const { name } = mention;
      return [...describePipeline(name), ...offer('mlops_run_pipeline', { pipeline: name }), ...runsOf(name)];
    }
    case 'schedule': {
      const { name: schedule, enabled, pipeline } = mention;
      return [
        ...offer('mlops_schedule_pipeline', { schedule, enabled: !enabled }),
        ...offer('mlops_list_schedules'),
        ...runsOf(pipeline),
      ];
    }
    case 'run':
      return afterRun(mention);
    case 'task':
      return [...offer('mlops_describe_run', { run: labelOf(mention, all) }), ...listRuns()];
    case 'more':
    case 'deleted':
    case 'passage':
      return [];
    case 'bucket':
      return [...offer('mlops_list_objects'), ...listRuns()];
    case 'object':
      return objectsBeside(mention);
  }
}

/** What people call the run of a task. */
function labelOf({ connection, run }: Mention & { kind: 'task' }, all: readonly Mention[]): string {
  const of = all.find((one) => one.kind === 'run' && one.connection === connection && one.id === run);
  return of?.kind === 'run' ? of.label : run;
}

const listPipelines = () => offer('mlops_list_pipelines');
const listRuns = () => offer('mlops_list_runs');
const describePipeline = (pipeline: string) => offer('mlops_describe_pipeline', { pipeline });
const runsOf = (pipeline: string) => offer('mlops_list_runs', { pipeline });

function objectsBeside({ bucket, key }: Mention & { kind: 'object' }): readonly Offer[] {
  const prefix = key.slice(0, key.lastIndexOf('/') + 1);
  return offer('mlops_list_objects', { bucket, ...(prefix === '' ? {} : { prefix }) });
}

function afterRun(mention: Mention & { kind: 'run' }): readonly Offer[] {
  const { label: run, state, pipeline, against, lastFailed } = mention;
  if (isActive(state)) return [...offer('mlops_wait_for_run', { run }), ...offer('mlops_stop_run', { run })];
  const log = logOffer(mention);
  if (state === 'failed')
    return [...log, ...offer('mlops_run_pipeline', { like: run }), ...describePipeline(pipeline)];
  const whyFailed = lastFailed === undefined ? [] : offer('mlops_diagnose_run', { run: lastFailed.label });
  const compare = against === undefined ? [] : offer('mlops_compare_runs', { run, with: against.label });
  return [...whyFailed, ...compare, ...log, ...runsOf(pipeline)];
}

/** The log of a run, or the run itself where it is not known to have one. */
function logOffer({ label: run, log, state }: Mention & { kind: 'run' }): readonly Offer[] {
  if (log === false) return offer('mlops_describe_run', { run });
  return offer('mlops_read_task_log', {
    run,
    ...(log === undefined || state !== 'failed' ? {} : { task: log }),
  });
}
