import type { Mention } from '../domain/mention.ts';
import { isActive } from '../domain/run.ts';

/** A sentence to offer next. */
export interface FollowUp {
  readonly prompt: string;
}

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
  return [...more, ...next(first)]
    .filter(({ prompt }) => !(compared && prompt.startsWith('compare ')))
    .slice(0, 3);
}

function next(mention: Mention): readonly FollowUp[] {
  switch (mention.kind) {
    case 'pipeline':
      return [
        { prompt: `describe ${mention.name}` },
        { prompt: `run ${mention.name}` },
        { prompt: `list runs of ${mention.name}` },
      ];
    case 'run':
      return afterRun(mention);
    case 'task':
      return [{ prompt: `describe run ${mention.run}` }, { prompt: 'list runs' }];
    case 'more':
      return [];
    case 'bucket':
      return [{ prompt: 'list buckets' }, { prompt: 'list runs' }];
    case 'object':
      return [
        {
          prompt: `list objects in ${mention.bucket}/${mention.key.slice(0, mention.key.lastIndexOf('/') + 1)}`,
        },
      ];
  }
}

function afterRun(run: Mention & { kind: 'run' }): readonly FollowUp[] {
  if (isActive(run.state)) return [{ prompt: `wait for ${run.id}` }, { prompt: `stop ${run.id}` }];
  if (run.state === 'failed') {
    const log =
      run.failedTask === undefined
        ? `show the log of ${run.id}`
        : `show the log of ${run.failedTask} in ${run.id}`;
    return [{ prompt: log }, { prompt: `run ${run.pipeline} again` }, { prompt: `describe ${run.pipeline}` }];
  }
  const compare = run.against === undefined ? [] : [{ prompt: `compare ${run.id} with ${run.against}` }];
  return [...compare, { prompt: `show the log of ${run.id}` }, { prompt: `list runs of ${run.pipeline}` }];
}
