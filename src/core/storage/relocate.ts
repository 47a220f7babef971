import type { ObjectStat } from '../domain/storedObject.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { ObjectName } from '../ports/objectWrites.ts';
import { asName } from '../text/literal.ts';
import { objectState } from './objectState.ts';
import { statOf, type WritableStore } from './saveObject.ts';

/** An object and where it goes in the same store. */
export interface Relocation {
  readonly from: ObjectName;
  readonly to: ObjectName;
  /** In bytes. */
  readonly size: number;
}

/** Where objects are taken from and where they go: a key to a key, or all below a prefix below another. */
export interface RelocationPlan {
  readonly from: ObjectName;
  readonly to: ObjectName;
}

/** The objects of a plan. Throws MlopsError invalid where something would go into itself. */
export function relocations(
  { from, to }: RelocationPlan,
  objects: readonly { readonly key: string; readonly size: number }[],
): readonly Relocation[] {
  const isFolder = from.key === '' || from.key.endsWith('/');
  const isInside =
    from.bucket === to.bucket && (isFolder ? to.key.startsWith(from.key) : to.key === from.key);
  if (isInside)
    throw new MlopsError('invalid', `${nameOf(from)} cannot go into itself.`, {
      hint: 'Name another place.',
    });
  return objects.map(({ key, size }) => ({
    from: { bucket: from.bucket, key },
    to: { bucket: to.bucket, key: to.key + key.slice(from.key.length) },
    size,
  }));
}

/** Reads where something goes to, as a person writes it: "datasets/churn/a.csv". */
export function placeIn(line: string): ObjectName | undefined {
  const slash = line.indexOf('/');
  const [bucket, key] = slash < 0 ? [line, ''] : [line.slice(0, slash), line.slice(slash + 1)];
  return bucket === '' ? undefined : { bucket, key };
}

/** Copies an object; where `replaces` is false, only if nothing is there. */
export async function copyObject(
  { writes }: Pick<WritableStore, 'writes'>,
  { from, to }: Relocation,
  replaces: boolean,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ObjectStat> {
  const options = { ...(replaces ? {} : { ifAbsent: true }), onProgress: onBytes };
  return writes.copy(from, to, options, signal);
}

/**
 * Moves an object: copies it, compares what was stored, and only then deletes it, unless it changed meanwhile. Throws MlopsError
 * conflict where both stay.
 */
export async function moveObject(
  store: Pick<ObjectStore, 'stat'> & Pick<WritableStore, 'writes'>,
  relocation: Relocation,
  replaces: boolean,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { from, to } = relocation;
  const before = await store.stat(from.bucket, from.key, signal);
  await copyObject(store, relocation, replaces, onBytes, signal);
  const [copied, after] = await Promise.all([statOf(store, to, signal), statOf(store, from, signal)]);
  if (copied?.size !== before.size || after === undefined || objectState(after) !== objectState(before))
    throw new MlopsError('conflict', `${nameOf(from)} changed while it was moved; it is still there.`, {
      hint: `Compare it with ${nameOf(to)}.`,
    });
  const [left] = await store.writes.delete(from.bucket, [from.key], signal);
  if (left !== undefined)
    throw new MlopsError('conflict', `${nameOf(from)} was copied, but not deleted:`, {
      outside: left.reason,
    });
}

const nameOf = ({ bucket, key }: ObjectName) => asName(`${bucket}/${key}`);
