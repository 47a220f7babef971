import { createHash } from 'node:crypto';
import type { Run, RunId } from '../../core/domain/run.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { comparedBytes, type DatasetPrint, type DatasetPrints } from '../../core/results/datasets.ts';

const mostDatasets = 20;
/** So many runs are compared by content; of the others the parameters alone tell. */
const mostRuns = 12;

/** Prints by what was read: the object, its size, its time. A cached task hands on the very object of an earlier run. */
export type KnownPrints = Map<string, string>;

/**
 * What the datasets of these runs hold, as prints by `task/artifact`, and why where one was not read. `known` grows by
 * those that were read, and they are not read again.
 */
export async function datasetPrints(
  runs: readonly Run[],
  store: ObjectStore,
  known: KnownPrints,
  signal: AbortSignal,
): Promise<DatasetPrints> {
  const all = new Map<RunId, Map<string, DatasetPrint>>();
  for (const [at, run] of runs.entries()) {
    const prints = new Map<string, DatasetPrint>();
    for (const [nth, { name, bucket, key }] of datasetsOf(run).entries()) {
      const print = unread(at, nth, key) ?? (await printOf(store, { bucket, key }, known, signal));
      prints.set(name, print);
    }
    all.set(run.id, prints);
  }
  return all;
}

/** Why the dataset, the `nth` of the run that stands at `at`, is not read; undefined when it is. */
function unread(at: number, nth: number, key: string): DatasetPrint | undefined {
  if (key.endsWith('/')) return { unread: 'folder' };
  if (at >= mostRuns) return { unread: 'tooManyRuns' };
  return nth >= mostDatasets ? { unread: 'tooManyDatasets' } : undefined;
}

function datasetsOf(
  run: Run,
): readonly { readonly name: string; readonly bucket: string; readonly key: string }[] {
  return run.tasks.flatMap((task) =>
    task.artifacts.flatMap(({ name, type, object }) =>
      type === 'Dataset' && object !== undefined ? [{ name: `${task.path}/${name}`, ...object }] : [],
    ),
  );
}

async function printOf(
  store: ObjectStore,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  known: KnownPrints,
  signal: AbortSignal,
): Promise<DatasetPrint> {
  try {
    const { size, modifiedAt } = await store.stat(bucket, key, signal);
    const content = `${bucket}/${key} ${size} ${modifiedAt}`;
    const print = known.get(content) ?? (await readPrint(store, { bucket, key, size }, signal));
    known.set(content, print);
    return size > comparedBytes ? { print, beginningOf: content } : { print };
  } catch {
    return { unread: 'unreadable' };
  }
}

async function readPrint(
  store: ObjectStore,
  { bucket, key, size }: { readonly bucket: string; readonly key: string; readonly size: number },
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256').update(`${size}\n`);
  for await (const part of store.read(bucket, key, { limit: comparedBytes }, signal)) hash.update(part);
  return hash.digest('hex');
}
