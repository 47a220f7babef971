import type { ObjectEntry } from '../../core/domain/storedObject.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import type { ListChange } from '../batchChanges.ts';
import { coalesced } from '../coalesce.ts';
import { deadline } from '../deadline.ts';
import { joined, type Listing, listed } from './listing.ts';
import { type Branches, rootId, type RowSource } from './row.ts';
import { type Folder, folderOfRow, folderRowId, storageBranches, type StorageState } from './storageRows.ts';

const entriesAtOnce = 100;
/** Largest page that a store gives. */
const largestPage = 200;
/** Least time between two reads after runs changed, in milliseconds: a store does not report its changes. */
const restMs = 2000;

/** Rows of the Storage view: buckets, prefixes, objects; each list is read when it is expanded. */
export class StorageSource implements RowSource {
  readonly #store: ObjectStore;
  readonly #changed: () => void;
  #state: StorageState = { folders: new Map() };
  readonly #readLater: () => Promise<void>;

  /** `changed` is called when the rows may differ. */
  constructor(store: ObjectStore, clock: Clock, changed: () => void) {
    this.#store = store;
    this.#changed = changed;
    this.#readLater = coalesced(async () => {
      await clock.delay(restMs);
      await this.refresh();
    });
  }

  branches(): Branches {
    return storageBranches(this.#state);
  }

  async load(id: string): Promise<void> {
    if (id === rootId) {
      if (this.#state.buckets === undefined) await this.#readBuckets();
      return;
    }
    const folder = folderOfRow(id);
    if (folder !== undefined && !this.#state.folders.has(id)) await this.#readFolder(folder);
  }

  async refresh(): Promise<void> {
    if (this.#state.buckets === undefined) return;
    await this.#readBuckets();
    const folders = [...this.#state.folders.keys()].flatMap((id) => folderOfRow(id) ?? []);
    await Promise.all(folders.map((folder) => this.#readFolder(folder)));
    this.#changed();
  }

  async showMore(id: string): Promise<void> {
    const folder = folderOfRow(id);
    const before = this.#state.folders.get(id);
    if (folder === undefined || before?.next === undefined) return;
    const query = { prefix: folder.prefix, size: entriesAtOnce, page: before.next };
    const next = await listed(() => this.#store.listObjects(folder.bucket, query, deadline()));
    this.#setFolder(
      folder,
      joined(before, next, (entry) => entry.key),
    );
    this.#changed();
  }

  /** Reads again after a change of runs, which write objects. Resolves when it is read. */
  change(change: ListChange): Promise<void> {
    if (change.kind !== 'runs') return Promise.resolve();
    return this.#readLater();
  }

  async #readBuckets(): Promise<void> {
    const read = async () => ({ items: await this.#store.listBuckets(deadline()) });
    this.#state = { ...this.#state, buckets: await listed(read, this.#state.buckets) };
  }

  async #readFolder(folder: Folder): Promise<void> {
    const before = this.#state.folders.get(folderRowId(folder));
    const size = Math.min(largestPage, Math.max(entriesAtOnce, before?.items.length ?? 0));
    const query = { prefix: folder.prefix, size };
    const listing = await listed(async () => {
      try {
        return await this.#store.listObjects(folder.bucket, query, deadline());
      } catch (error) {
        // A bucket that was deleted is no failure: the next list does not contain it.
        if (error instanceof MlopsError && error.kind === 'notFound') return { items: [] };
        throw error;
      }
    }, before);
    this.#setFolder(folder, listing);
  }

  #setFolder(folder: Folder, listing: Listing<ObjectEntry>): void {
    this.#state = { ...this.#state, folders: new Map(this.#state.folders).set(folderRowId(folder), listing) };
  }
}
