import type { ObjectStat } from '../domain/storedObject.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { LocalTarget } from '../ports/localFiles.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { ObjectName } from '../ports/objectWrites.ts';

/** Downloads an object; the file is in its place only when all of it has arrived. */
export async function downloadObject(
  store: Pick<ObjectStore, 'stat' | 'read' | 'download'>,
  from: ObjectName & { readonly version?: string },
  openTarget: () => Promise<LocalTarget>,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ObjectStat> {
  const target = await openTarget();
  try {
    const stat =
      store.download === undefined
        ? await readInto(store, from, target, onBytes, signal)
        : await store.download(from, target, onBytes, signal);
    await target.finish();
    return stat;
  } catch (error) {
    await target.discard();
    throw error;
  }
}

async function readInto(
  store: Pick<ObjectStore, 'stat' | 'read'>,
  { bucket, key, version }: ObjectName & { readonly version?: string },
  target: LocalTarget,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ObjectStat> {
  const stat = await store.stat(bucket, key, signal);
  const { size, etag } = stat;
  const state = version === undefined ? (etag === undefined ? {} : { ifMatch: etag }) : { version };
  const limit = version === undefined ? size : Number.MAX_SAFE_INTEGER;
  let offset = 0;
  if (limit > 0)
    for await (const piece of store.read(bucket, key, { limit, ...state }, signal)) {
      await target.write(piece, offset);
      offset += piece.length;
      onBytes(offset);
    }
  if (version === undefined && offset !== size)
    throw new MlopsError('conflict', `${bucket}/${key} was changed while it was read.`);
  return stat;
}
