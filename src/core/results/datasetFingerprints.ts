import type { Run, RunId } from '../domain/run.ts';
import { collected } from '../logs/bytes.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import { comparedBytes, type DatasetFingerprint, type DatasetFingerprints } from './datasets.ts';

const mostDatasets = 20;
/** Most runs whose datasets are compared by content; others are compared by parameters only. */
const mostRuns = 12;

/** Fingerprints by object, size and time: a cached task passes on the same object as an earlier run. */
export type KnownFingerprints = Map<string, string>;

/**
 * The fingerprints of the datasets of these runs by `task/artifact`, or why one was not read. New ones are added to `known`
 * and are not read again.
 */
export async function datasetFingerprints(
  runs: readonly Run[],
  store: ObjectStore,
  known: KnownFingerprints,
  signal: AbortSignal,
): Promise<DatasetFingerprints> {
  const all = new Map<RunId, Map<string, DatasetFingerprint>>();
  for (const [index, run] of runs.entries()) {
    const fingerprints = new Map<string, DatasetFingerprint>();
    for (const [nth, { name, bucket, key }] of datasetsOf(run).entries()) {
      const fingerprint =
        unread(index, nth, key) ?? (await fingerprintOf(store, { bucket, key }, known, signal));
      fingerprints.set(name, fingerprint);
    }
    all.set(run.id, fingerprints);
  }
  return all;
}

/** Why the `nth` dataset of the run at position `index` is not read; undefined when it is. */
function unread(index: number, nth: number, key: string): DatasetFingerprint | undefined {
  if (key.endsWith('/')) return { unread: 'folder' };
  if (index >= mostRuns) return { unread: 'tooManyRuns' };
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

async function fingerprintOf(
  store: ObjectStore,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  known: KnownFingerprints,
  signal: AbortSignal,
): Promise<DatasetFingerprint> {
  try {
    const { size, modifiedAt } = await store.stat(bucket, key, signal);
    const content = `${bucket}/${key} ${size} ${modifiedAt}`;
    const fingerprint = known.get(content) ?? (await readFingerprint(store, { bucket, key, size }, signal));
    known.set(content, fingerprint);
    return size > comparedBytes ? { fingerprint, beginningOf: content } : { fingerprint };
  } catch {
    return { unread: 'unreadable' };
  }
}

async function readFingerprint(
  store: ObjectStore,
  { bucket, key, size }: { readonly bucket: string; readonly key: string; readonly size: number },
  signal: AbortSignal,
): Promise<string> {
  const bytes = await collected(store.read(bucket, key, { limit: comparedBytes }, signal));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return `${size} ${[...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
