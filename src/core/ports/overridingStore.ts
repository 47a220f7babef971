import type { ObjectStore } from './objectStore.ts';

/** The members of a port, those that may be absent as undefined; the types require every one to be named. */
export type EveryMember<T> = { readonly [M in keyof Required<T>]: T[M] | undefined };

/** The same store with some members of its own. Each method is still called on the store, which may be of any class. */
export function overridingStore(store: ObjectStore, own: Partial<ObjectStore>): ObjectStore {
  const every: EveryMember<ObjectStore> = {
    listBuckets: (signal) => store.listBuckets(signal),
    listObjects: (bucket, query, signal) => store.listObjects(bucket, query, signal),
    stat: (bucket, key, signal) => store.stat(bucket, key, signal),
    read: (bucket, key, range, signal) => store.read(bucket, key, range, signal),
    localFile: store.localFile?.bind(store),
    writes: store.writes,
    versions: store.versions,
    download: store.download?.bind(store),
    tags: store.tags?.bind(store),
    link: store.link?.bind(store),
  };
  return { ...withoutAbsent<ObjectStore>(every), ...own };
}

/** The members that are there; a store lacks those that it cannot do. */
export function withoutAbsent<T extends object>(every: EveryMember<T>): T {
  return Object.fromEntries(Object.entries(every).filter(([, member]) => member !== undefined)) as T;
}
