import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStat } from '../domain/storedObject.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { ObjectName, PutOptions } from '../ports/objectWrites.ts';
import { moment } from '../text/dates.ts';
import { asName } from '../text/literal.ts';
import { size } from '../text/units.ts';
import { objectPath } from '../sentences/words.ts';
import { objectState } from './objectState.ts';

/** Where something is to be stored, and what is there now. */
export interface StoredPlace extends ObjectName {
  readonly there?: ObjectStat;
}

/** The object that a name means which may be a folder: "models", "models/old/" and "models/old/a.csv" for a file `a.csv`. */
export function objectFor(to: string, fileName: string): ObjectName {
  const { bucket, rest } = objectPath(to);
  const key = rest === '' || rest.endsWith('/') ? `${rest}${fileName}` : rest;
  return { bucket, key };
}

/** Looks at what is in a place. Throws MlopsError as the store does, also where there is no such bucket. */
export async function storedPlace(
  store: ObjectStore,
  { bucket, key }: ObjectName,
  signal: AbortSignal,
): Promise<StoredPlace> {
  try {
    return { bucket, key, there: await store.stat(bucket, key, signal) };
  } catch (error) {
    if (!(error instanceof MlopsError) || error.kind !== 'notFound') throw error;
    // A bucket that is not there is an error; an object that is not is none.
    await store.listObjects(bucket, { prefix: key, size: 1 }, signal);
    return { bucket, key };
  }
}

/** "It replaces the object that is there (3 B, of 2026-04-03 14:05)." */
export function replacesText({ there }: StoredPlace): string {
  if (there === undefined) return 'Nothing is there yet.';
  const when = there.modifiedAt === undefined ? '' : `, of ${moment(there.modifiedAt)}`;
  return `It replaces the object that is there (${size(there.size)}${when}).`;
}

/** A text that changes whenever what is in the place does. */
export const stateOfPlace = ({ there }: StoredPlace) => (there === undefined ? '' : objectState(there));

/** Conditions under which a place is written: that it is as it was shown. */
export function conditionOf({ there }: StoredPlace): Pick<PutOptions, 'ifAbsent' | 'ifMatch'> {
  if (there === undefined) return { ifAbsent: true };
  return there.etag === undefined ? {} : { ifMatch: there.etag };
}

/** Throws MlopsError conflict where something is no longer what the person said yes to. */
export function checkAgreed(agreed: string | undefined, now: string, { bucket, key }: ObjectName): void {
  if (agreed === undefined || agreed === now) return;
  throw new MlopsError('conflict', `${asName(`${bucket}/${key}`)} changed after the question.`, {
    hint: 'Ask for it once more.',
  });
}
