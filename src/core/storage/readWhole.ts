import type { ObjectStat } from '../domain/storedObject.ts';
import { collected } from '../logs/bytes.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { ObjectName } from '../ports/objectWrites.ts';
import { size } from '../text/units.ts';
import { mostOpened } from './openSize.ts';

/** A whole object of one state. */
export interface WholeObject {
  readonly stat: ObjectStat;
  readonly content: Uint8Array;
}

/** Which state is read: a version, or the state with an ETag; left out, what is there now. */
export interface WantedState {
  readonly version?: string;
  readonly etag?: string;
}

/**
 * Reads a whole object of at most 50 MB, all of it of one state. Throws MlopsError unsupported for a larger one, conflict where it
 * is not the wanted state any more, or changes again and again.
 */
export async function readWhole(
  store: Pick<ObjectStore, 'stat' | 'read'>,
  name: ObjectName,
  wanted: WantedState,
  signal: AbortSignal,
): Promise<WholeObject> {
  if (wanted.version !== undefined) return readVersion(store, name, wanted.version, signal);
  for (let tries = 3; ; tries -= 1) {
    try {
      return await readNow(store, name, wanted.etag, signal);
    } catch (error) {
      const isChanged = error instanceof MlopsError && error.kind === 'conflict';
      if (!isChanged || wanted.etag !== undefined || tries === 1) throw error;
    }
  }
}

async function readNow(
  store: Pick<ObjectStore, 'stat' | 'read'>,
  { bucket, key }: ObjectName,
  wanted: string | undefined,
  signal: AbortSignal,
): Promise<WholeObject> {
  const stat = await store.stat(bucket, key, signal);
  if (wanted !== undefined && wanted !== stat.etag) throw changed({ bucket, key });
  if (stat.size > mostOpened) throw tooLarge({ bucket, key }, size(stat.size));
  if (stat.size === 0) return { stat, content: new Uint8Array() };
  const { etag } = stat;
  const range = { limit: stat.size, ...(etag === undefined ? {} : { ifMatch: etag }) };
  const content = await collected(store.read(bucket, key, range, signal));
  if (content.length !== stat.size) throw changed({ bucket, key });
  return { stat, content };
}

async function readVersion(
  store: Pick<ObjectStore, 'read'>,
  { bucket, key }: ObjectName,
  version: string,
  signal: AbortSignal,
): Promise<WholeObject> {
  const content = await collected(store.read(bucket, key, { limit: mostOpened + 1, version }, signal));
  if (content.length > mostOpened) throw tooLarge({ bucket, key }, `more than ${size(mostOpened)}`);
  return { stat: { bucket, key, size: content.length, etag: version }, content };
}

function changed({ bucket, key }: ObjectName): MlopsError {
  return new MlopsError('conflict', `${bucket}/${key} was changed in the meantime.`);
}

function tooLarge({ bucket, key }: ObjectName, has: string): MlopsError {
  return new MlopsError('unsupported', `${bucket}/${key} has ${has}, too much for an editor.`, {
    hint: 'Download it instead.',
  });
}
