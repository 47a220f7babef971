import type { Mention } from '../domain/mention.ts';
import type { RunId, RunRef } from '../domain/run.ts';

/** The run that a call deleted. */
export function deletedRun(mention: Mention): readonly RunRef[] {
  return mention.kind === 'deleted' ? [{ connection: mention.connection, id: mention.run }] : [];
}

/** What is still there, without a word of runs that are not. */
export function withoutGone(mentions: readonly Mention[], gone: readonly RunRef[]): readonly Mention[] {
  const isGone = (connection: string, id: RunId | undefined) =>
    gone.some((run) => run.connection === connection && run.id === id);
  return mentions.flatMap((mention): readonly Mention[] => {
    const { connection } = mention;
    if (mention.kind === 'deleted') return [];
    if (mention.kind === 'task') return isGone(connection, mention.run) ? [] : [mention];
    if (mention.kind !== 'run') return [mention];
    const { against, lastFailed, ...run } = mention;
    if (isGone(connection, run.id)) return [];
    return [
      {
        ...run,
        ...(against === undefined || isGone(connection, against.id) ? {} : { against }),
        ...(lastFailed === undefined || isGone(connection, lastFailed.id) ? {} : { lastFailed }),
      },
    ];
  });
}
