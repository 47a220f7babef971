import { data, named, type Question, textParagraph } from '../domain/question.ts';
import type { ObjectStat } from '../domain/storedObject.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { TransferProgress } from '../ports/objectWrites.ts';
import { asName } from '../text/literal.ts';
import { size } from '../text/units.ts';
import { writesOf } from './deleteObjects.ts';
import { objectState } from './objectState.ts';
import { objectFor, replacesText, stateOfPlace, storedPlace, type StoredPlace } from './placeFor.ts';

/** A copy that is to be made, as things are now. */
export interface PlannedCopy {
  readonly from: ObjectStat;
  readonly to: StoredPlace;
  /** True: the source goes once the copy is there. */
  readonly move: boolean;
}

/** Looks at source and target. Throws MlopsError notFound, invalid where both are the same. */
export async function plannedCopy(
  store: ObjectStore,
  {
    bucket,
    key,
    to,
    move,
  }: { readonly bucket: string; readonly key: string; readonly to: string; readonly move: boolean },
  signal: AbortSignal,
): Promise<PlannedCopy> {
  writesOf(store);
  const target = objectFor(to, key.slice(key.lastIndexOf('/') + 1));
  if (target.bucket === bucket && target.key === key)
    throw new MlopsError('invalid', `${asName(`${bucket}/${key}`)} is there already.`);
  const from = await store.stat(bucket, key, signal);
  return { from, to: await storedPlace(store, target, signal), move };
}

/** The question before an object is copied or moved. */
export function copyQuestion({ from, to, move }: PlannedCopy): Question {
  const verb = move ? 'Move' : 'Copy';
  return {
    title: [`${verb} `, named(`${from.bucket}/${from.key}`), ' to ', named(`${to.bucket}/${to.key}`), '?'],
    verb,
    paragraphs: [textParagraph('It has ', data(size(from.size)), `. ${replacesText(to)}`)],
  };
}

/** What a yes is for: the source as it is, and what is in the place of the copy. */
export const copyFingerprint = ({ from, to }: PlannedCopy) =>
  JSON.stringify([objectState(from), stateOfPlace(to)]);

/** What came of it: of a move, whether the source is gone, else why not. */
export interface CopyOutcome {
  readonly made: ObjectStat;
  readonly kept?: string;
}

/** Makes the copy. A moved source goes only where the copy has its length, and only as it was copied. */
export async function copyObject(
  store: ObjectStore,
  { from, to, move }: PlannedCopy,
  onProgress: TransferProgress,
  signal: AbortSignal,
): Promise<CopyOutcome> {
  const writes = writesOf(store);
  const options = { onProgress, ...(to.there === undefined ? { ifAbsent: true } : {}) };
  const made = await writes.copy(from, { bucket: to.bucket, key: to.key }, options, signal);
  if (!move) return { made };
  const now = await store.stat(from.bucket, from.key, signal);
  if (objectState(now) !== objectState(from) || made.size !== from.size)
    return { made, kept: 'it changed while it was copied' };
  const [left] = await writes.delete(from.bucket, [from.key], signal);
  return left === undefined ? { made } : { made, kept: left.reason };
}
