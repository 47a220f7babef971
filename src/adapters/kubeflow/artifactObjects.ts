import type { Artifact } from '../../core/domain/artifact.ts';
import { objectAt } from '../../core/storage/objectAddress.ts';
import type { Results } from './results.ts';

/** The results with the objects of their artifacts, where the store of the connection is known. */
export function withObjects(results: Results): Results {
  return {
    ...results,
    told: results.told.map((one) => ({
      ...one,
      run: { ...one.run, artifacts: one.run.artifacts.map(withObject) },
    })),
  };
}

function withObject(artifact: Artifact): Artifact {
  const object = objectAt(artifact.uri);
  return object === undefined ? artifact : { ...artifact, object };
}
