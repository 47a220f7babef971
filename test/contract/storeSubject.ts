import type { ObjectStore } from '../../src/core/ports/objectStore.ts';

/** A store to be tested: filled with what the suite asks for, and removed afterwards. */
export interface StoreSubject {
  readonly store: ObjectStore;
  /** True where keys are names and no paths, so that any key may be there. */
  readonly anyKey?: boolean;
  /** False where only bytes are kept. */
  readonly keepsMetadata?: boolean;
  /** Has a bucket keep versions from now on; left out where none can. */
  readonly keepVersions?: (bucket: string) => Promise<unknown>;
  remove(): Promise<void>;
}
