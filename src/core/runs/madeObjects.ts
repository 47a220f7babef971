import type { Artifact } from '../domain/artifact.ts';
import type { Run } from '../domain/run.ts';

/** The objects that a run wrote itself, which stay when it is deleted; those of cached tasks are another run's. */
export function madeObjects(run: Run): readonly NonNullable<Artifact['object']>[] {
  return run.tasks
    .filter((task) => task.cachedFrom === undefined)
    .flatMap((task) => task.artifacts)
    .flatMap(({ object }) => (object === undefined ? [] : [object]));
}
