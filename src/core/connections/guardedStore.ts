import type { ConnectionInfo } from '../domain/connection.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { ObjectVersions } from '../ports/objectVersions.ts';
import type { ObjectWrites } from '../ports/objectWrites.ts';
import { type EveryMember, overridingStore, withoutAbsent } from '../ports/overridingStore.ts';
import { checkWritable } from '../tools/policy.ts';

type Guard = <T>(write: () => Promise<T>) => Promise<T>;

/**
 * The same store, in which nothing is changed where the connection is read-only or its namespace is protected, whoever calls: a
 * tool, a command, a row or the editor that saves. Throws MlopsError `forbidden`.
 */
export function guardedStore(info: ConnectionInfo, store: ObjectStore): ObjectStore {
  const guard: Guard = async (write) => {
    checkWritable(info);
    return write();
  };
  const { writes, versions } = store;
  return overridingStore(store, {
    ...(writes && { writes: guardedWrites(writes, guard) }),
    ...(versions && { versions: guardedVersions(versions, guard) }),
  });
}

function guardedWrites(writes: ObjectWrites, guard: Guard): ObjectWrites {
  const setTags = writes.setTags?.bind(writes);
  const abandonUpload = writes.abandonUpload?.bind(writes);
  const every: EveryMember<ObjectWrites> = {
    createBucket: (name, signal) => guard(() => writes.createBucket(name, signal)),
    deleteBucket: (name, signal) => guard(() => writes.deleteBucket(name, signal)),
    put: (to, source, options, signal) => guard(() => writes.put(to, source, options, signal)),
    copy: (from, to, options, signal) => guard(() => writes.copy(from, to, options, signal)),
    delete: (bucket, keys, signal) => guard(() => writes.delete(bucket, keys, signal)),
    setTags: setTags && ((of, tags, signal) => guard(() => setTags(of, tags, signal))),
    incompleteUploads: writes.incompleteUploads?.bind(writes),
    abandonUpload: abandonUpload && ((upload, signal) => guard(() => abandonUpload(upload, signal))),
  };
  return withoutAbsent(every);
}

function guardedVersions(versions: ObjectVersions, guard: Guard): ObjectVersions {
  const every: EveryMember<ObjectVersions> = {
    kept: (bucket, signal) => versions.kept(bucket, signal),
    list: (bucket, query, signal) => versions.list(bucket, query, signal),
    restore: (version, signal) => guard(() => versions.restore(version, signal)),
    delete: (version, signal) => guard(() => versions.delete(version, signal)),
  };
  return withoutAbsent(every);
}
