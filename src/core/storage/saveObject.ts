import type { ObjectStat } from '../domain/storedObject.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { ObjectName, ObjectWrites } from '../ports/objectWrites.ts';
import { bytesSource } from './bytesSource.ts';
import { objectState } from './objectState.ts';

/** What becomes of a save where the object is not what was opened: `wait` keeps it unsaved. */
export type Resolution = 'overwrite' | 'discard' | 'wait';

/** An object that is to be stored as it was edited. */
export interface Save extends ObjectName {
  readonly content: Uint8Array;
  /** The mark of the state that was opened; left out where nothing was. */
  readonly opened?: string | undefined;
}

/** A store that can be written to. */
export type WritableStore = ObjectStore & { readonly writes: ObjectWrites };

/** True for a store that can be written to. */
export function isWritable(store: ObjectStore): store is WritableStore {
  return store.writes !== undefined;
}

/** Asks what becomes of a save; `now` is what is there, undefined where it was deleted. */
export type AskResolution = (now: ObjectStat | undefined) => Promise<Resolution>;

/**
 * Stores an edited object over the state that was opened. Where another one is there, it asks. The server compares as well,
 * so that what is stored between our look and our write is not lost where the server heeds the condition. Content type, metadata and
 * tags stay. Returns what is stored then, or why nothing was.
 */
export async function saveObject(
  store: WritableStore,
  save: Save,
  ask: AskResolution,
  signal: AbortSignal,
): Promise<ObjectStat | Exclude<Resolution, 'overwrite'>> {
  let agreed = save.opened;
  for (;;) {
    const now = await statOf(store, save, signal);
    const mark = now && objectState(now);
    if (mark !== agreed) {
      const answer = await ask(now);
      if (answer !== 'overwrite') return answer;
      agreed = mark;
    }
    try {
      return await put(store, save, now, signal);
    } catch (error) {
      if (!(error instanceof MlopsError) || error.kind !== 'conflict') throw error;
      const then = await statOf(store, save, signal);
      // The same state in conflict with itself is a refusal of another kind.
      if ((then && objectState(then)) === mark) throw error;
    }
  }
}

/** The object, or undefined where there is none. */
export async function statOf(
  store: Pick<ObjectStore, 'stat'>,
  { bucket, key }: ObjectName,
  signal: AbortSignal,
): Promise<ObjectStat | undefined> {
  try {
    return await store.stat(bucket, key, signal);
  } catch (error) {
    if (error instanceof MlopsError && error.kind === 'notFound') return undefined;
    throw error;
  }
}

async function put(
  store: WritableStore,
  { bucket, key, content }: Save,
  now: ObjectStat | undefined,
  signal: AbortSignal,
): Promise<ObjectStat> {
  const { writes } = store;
  const name = { bucket, key };
  if (now === undefined) return writes.put(name, bytesSource(content), { ifAbsent: true }, signal);
  const { etag, contentType, metadata } = now;
  const tagged = writes.setTags === undefined ? undefined : await store.tags?.(name, signal);
  const options = {
    ...(etag === undefined ? {} : { ifMatch: etag }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  const stored = await writes.put(name, bytesSource(content), options, signal);
  if (tagged !== undefined && Object.keys(tagged).length > 0) await writes.setTags?.(name, tagged, signal);
  return stored;
}
