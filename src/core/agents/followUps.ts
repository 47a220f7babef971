import { type Json, sameJson } from '../domain/json.ts';
import type { Mention } from '../domain/mention.ts';
import { isActive, preparationLog } from '../domain/run.ts';
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

/**
 * What people are likely to ask next, from what the turn named; at most three. `again` is a request to make once more, which
 * comes before all else.
 */
export function followUps(mentions: readonly Mention[], again?: string): readonly FollowUp[] {
  const named = again === undefined || mentions.length > 0 ? fromMentions(mentions) : [];
  const others = named.filter(({ prompt }) => prompt !== again);
  return [...(again === undefined ? [] : [{ prompt: again }]), ...others].slice(0, 3);
}

function fromMentions(mentions: readonly Mention[]): readonly FollowUp[] {
  const [first] = mentions;
  if (first === undefined) return [{ prompt: 'list pipelines' }, { prompt: 'list runs' }, { prompt: 'help' }];
  const compared =
    first.kind === 'run' && mentions.some((other) => other.kind === 'run' && other.id === first.against);
  const more = mentions.some(({ kind }) => kind === 'more') ? [{ prompt: 'more' }] : [];
  const offers = next(first).filter((one) => isUnderstood(one) && !(compared && one.tool === comparing));
  return [...more, ...offers.map(({ prompt }) => ({ prompt }))].slice(0, 3);
}

/** A sentence as the editor shows it on its button, which reads Markdown. */
export function followUpLabel(prompt: string): string {
  return sentence(prompt);
}

const comparing = 'mlops_compare_runs';

function isUnderstood({ prompt, tool, input }: Offer): boolean {
  const names = Object.values(input).map(String);
  if (names.some((name) => name.length > longestName || /[\r\n]/.test(name) || visible(name) !== name))
    return false;
  const understood = understand(prompt, {});
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
  const { id, state, pipeline, against } = mention;
  const run = inSentence(id);
  const log = offer(`show the log of ${run}`, 'read_task_log', { run: id });
  if (isActive(state)) {
    return [
      offer(`wait for ${run}`, 'wait_for_run', { run: id }),
      offer(`stop ${run}`, 'stop_run', { run: id }),
    ];
  }
  if (state === 'failed') {
    const task = mention.failedPreparing ? preparationLog : mention.failedTask;
    const failedLog =
      task === undefined
        ? log
        : offer(`show the log of ${inSentence(task)} in ${run}`, 'read_task_log', { run: id, task });
    const again = offer(`run ${run} again`, 'run_pipeline', { again: id });
    return [failedLog, again, describePipeline(pipeline)];
  }
  const compare =
    against === undefined
      ? []
      : [offer(`compare ${run} with ${inSentence(against)}`, 'compare_runs', { run: id, with: against })];
  return [...compare, log, runsOf(pipeline)];
}
