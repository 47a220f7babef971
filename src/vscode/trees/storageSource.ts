import type { ObjectEntry } from '../../core/domain/storedObject.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { mostObjects } from '../../core/ports/pages.ts';
import { entriesNamed } from '../../core/storage/entriesNamed.ts';
import type { ListChange } from '../batchChanges.ts';
import { coalesced } from '../coalesce.ts';
import { deadline } from '../deadline.ts';
import { joined, type Listing, listed } from './listing.ts';
import { type Branches, rootId, type RowSource } from './row.ts';
import {
  type Folder,
  folderOfRow,
  folderRowId,
  type Offered,
  storageBranches,
  type StorageState,
} from './storageRows.ts';

/** Entries of the first page: what a person looks at. */
const entriesAtFirst = 100;
/** Most entries that are read again at once; what is beyond is read when it is asked for. */
const mostReread = 10 * mostObjects;
/** Least time between two reads after runs changed, in milliseconds: a store does not report its changes. */
const restMs = 2000;

/** Rows of the Storage view: buckets, prefixes, objects; each list is read when it is expanded. */
export class StorageSource implements RowSource {
  readonly #store: ObjectStore;
  readonly #changed: () => void;
  readonly #readLater: () => Promise<void>;
  #state: StorageState;

  /** `changed` is called when the rows may differ. */
  constructor(store: ObjectStore, clock: Clock, changed: () => void, isReadOnly = false) {
    this.#store = store;
    this.#changed = changed;
    const offered: Offered = {
      changes: store.writes !== undefined && !isReadOnly,
      versions: store.versions !== undefined,
      links: store.link !== undefined,
    };
    this.#state = { offered, folders: new Map(), filters: new Map() };
    this.#readLater = coalesced(async () => {
      await clock.delay(restMs);
      await this.refresh();
    });
  }

  branches(now: number): Branches {
    return storageBranches(this.#state, now);
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
    const page = before.next;
    const next = await listed(() => this.#page(folder, { page, size: mostObjects }));
    this.#setFolder(
      folder,
      joined(before, next, (entry) => entry.key),
    );
    this.#changed();
  }

  /** Shows only what has a text in its name; all for "". */
  async filter(folder: Folder, text: string): Promise<void> {
    const filters = new Map(this.#state.filters);
    if (text === '') filters.delete(folderRowId(folder));
    else filters.set(folderRowId(folder), text);
    this.#state = { ...this.#state, filters };
    await this.#readFolder(folder, false);
    this.#changed();
  }

  /** Reads again after a change of runs, which write objects. Resolves when it is read. */
  change(change: ListChange): Promise<void> {
    if (change.kind !== 'runs') return Promise.resolve();
    return this.#readLater();
  }

  /** Buckets that are gone take what was read of them along. */
  async #readBuckets(): Promise<void> {
    const read = async () => ({ items: await this.#store.listBuckets(deadline()) });
    const buckets = await listed(read, this.#state.buckets);
    const names = new Set(buckets.items.map(({ name }) => name));
    const isThere = ([id]: readonly [string, unknown]) => names.has(folderOfRow(id)?.bucket ?? '');
    const folders = new Map([...this.#state.folders].filter(isThere));
    const filters = new Map([...this.#state.filters].filter(isThere));
    this.#state = { ...this.#state, buckets, folders, filters };
  }

  async #readFolder(folder: Folder, asBefore = true): Promise<void> {
    const before = asBefore ? this.#state.folders.get(folderRowId(folder)) : undefined;
    let isGone = false;
    const listing = await listed(async () => {
      try {
        return await this.#pages(folder, before?.items.length ?? 0);
      } catch (error) {
        if (!(error instanceof MlopsError) || error.kind !== 'notFound') throw error;
        isGone = true;
        return { items: [] };
      }
    }, before);
    this.#setFolder(folder, listing);
    // A bucket that was deleted is no failure: what is there now is shown.
    if (isGone) await this.#readBuckets();
  }

  /** As many entries as were shown before, so that a refresh takes none of them away. */
  async #pages(folder: Folder, shown: number): Promise<Listing<ObjectEntry>> {
    const wanted = Math.min(mostReread, Math.max(entriesAtFirst, shown));
    let all: Listing<ObjectEntry> = { items: [] };
    do {
      const size = Math.min(mostObjects, wanted - all.items.length);
      const page = await this.#page(folder, { size, ...(all.next === undefined ? {} : { page: all.next }) });
      all = joined(all, page, (entry) => entry.key);
    } while (all.next !== undefined && all.items.length < wanted);
    return all;
  }

  async #page(
    folder: Folder,
    query: { readonly size: number; readonly page?: string },
  ): Promise<Listing<ObjectEntry>> {
    const { bucket, prefix } = folder;
    const text = this.#state.filters.get(folderRowId(folder));
    if (text === undefined) return this.#store.listObjects(bucket, { ...query, prefix }, deadline());
    return entriesNamed(this.#store, { bucket, prefix, text, page: query.page }, deadline());
  }

  #setFolder(folder: Folder, listing: Listing<ObjectEntry>): void {
    this.#state = { ...this.#state, folders: new Map(this.#state.folders).set(folderRowId(folder), listing) };
  }
}
