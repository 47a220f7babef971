import type { ConnectionInfo } from '../domain/connection.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { ObjectName } from '../ports/objectWrites.ts';

/** Where an object is. */
export interface StorePlace {
  readonly info: ConnectionInfo;
  readonly store: Pick<ObjectStore, 'writes'>;
  /** False in Restricted Mode. */
  readonly trusted: boolean;
}

/** Why an object cannot be edited in place, in words for people; undefined where it can. */
export function whyReadOnly(
  { info, store, trusted }: StorePlace,
  { key }: Pick<ObjectName, 'key'>,
): string | undefined {
  if (!trusted) return 'This workspace is in Restricted Mode, where nothing is changed.';
  if (info.readOnly) return 'The connection is read-only.';
  if (store.writes === undefined) return 'Nothing can be changed in this store.';
  if (isMadeByRun(key))
    return 'A run made it, and later runs may take it from the cache. Copy it to another key to change the copy.';
  return undefined;
}

/** Where Kubeflow Pipelines keeps what its runs make: <root>/v2/artifacts/<pipeline>/<run>/…; old runs have no v2. */
const artifactsOfRuns = /(^|\/)(v2\/)?artifacts\/[^/]+\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\//;

/** True for an object that a run made, as its key shows. */
export function isMadeByRun(key: string): boolean {
  return artifactsOfRuns.test(key);
}
