import { createHash } from 'node:crypto';
import type { Run, RunId } from '../../core/domain/run.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import type { DatasetPrints } from '../../core/results/comparability.ts';

/** Most that is read of one dataset; a larger one is told by its size and its beginning. */
const mostBytes = 2_000_000;
const mostDatasets = 20;
/** So many runs are compared by content; of more the parameters alone tell. */
const mostRuns = 12;

/** Prints by what was read: the object, its size, its time. A cached task hands on the very object of an earlier run. */
export type KnownPrints = Map<string, string>;

/**
 * What the datasets of these runs hold, as prints by `task/artifact`. One that cannot be read is left out; `known` grows
 * by those that were read, and they are not read again.
 */
export async function datasetPrints(
  runs: readonly Run[],
  store: ObjectStore,
  known: KnownPrints,
  signal: AbortSignal,
): Promise<DatasetPrints> {
  const all = new Map<RunId, Map<string, string>>();
  for (const run of runs.slice(0, mostRuns)) {
    const prints = new Map<string, string>();
    for (const { name, bucket, key } of datasetsOf(run)) {
      const print = await printOf(store, { bucket, key }, known, signal).catch(() => undefined);
      if (print !== undefined) prints.set(name, print);
    }
    all.set(run.id, prints);
  }
  return all;
}

function datasetsOf(
  run: Run,
): readonly { readonly name: string; readonly bucket: string; readonly key: string }[] {
  return run.tasks
    .flatMap((task) =>
      task.artifacts.flatMap(({ name, type, object }) =>
        type === 'Dataset' && object !== undefined && !object.key.endsWith('/')
          ? [{ name: `${task.path}/${name}`, ...object }]
          : [],
      ),
    )
    .slice(0, mostDatasets);
}

async function printOf(
  store: ObjectStore,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  known: KnownPrints,
  signal: AbortSignal,
): Promise<string> {
  const { size, modifiedAt } = await store.stat(bucket, key, signal);
  const content = `${bucket}/${key} ${size} ${modifiedAt}`;
  const print = known.get(content) ?? (await readPrint(store, { bucket, key, size }, signal));
  known.set(content, print);
  return print;
}

async function readPrint(
  store: ObjectStore,
  { bucket, key, size }: { readonly bucket: string; readonly key: string; readonly size: number },
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256').update(`${size}\n`);
  for await (const part of store.read(bucket, key, { limit: mostBytes }, signal)) hash.update(part);
  return hash.digest('hex');
}
