import type { Bucket, ObjectEntry } from '../../core/domain/storedObject.ts';
import { code } from '../../core/text/markdown.ts';
import { lastPart } from '../../core/storage/keyParts.ts';
import { moment } from '../../core/text/dates.ts';
import { ago, size } from '../../core/text/units.ts';
import { type Listing, listBranches } from './listing.ts';
import { fileIcon } from './fileIcon.ts';
import { type Branch, type Branches, type Row, rootId } from './row.ts';

/** What the store lets people do, for the menus of rows. */
export interface Offered {
  readonly changes: boolean;
  readonly versions: boolean;
  readonly links: boolean;
}

/** The store as far as it was read. Folders are buckets and prefixes, by the id of their row. */
export interface StorageState {
  readonly offered: Offered;
  readonly buckets?: Listing<Bucket>;
  readonly folders: ReadonlyMap<string, Listing<ObjectEntry>>;
  /** What is in the names of the entries that are shown of a folder. */
  readonly filters: ReadonlyMap<string, string>;
}

/** A bucket, or a prefix of its keys. */
export interface Folder {
  readonly bucket: string;
  readonly prefix: string;
}

/** The id of a folder's row. Bucket names contain no slash, so the id can be parsed. */
export const folderRowId = ({ bucket, prefix }: Folder): string => `folder:${bucket}/${prefix}`;

/** The folder of a row's id, or undefined for any other row. */
export function folderOfRow(id: string): Folder | undefined {
  const parts = /^folder:([^/]*)\/(.*)$/s.exec(id);
  return parts === null ? undefined : { bucket: parts[1] ?? '', prefix: parts[2] ?? '' };
}

/** The whole Storage view, as far as it was read. */
export function storageBranches(state: StorageState, now: number): Branches {
  const { buckets } = state;
  if (buckets === undefined) return undefined;
  return listBranches(rootId, buckets, ({ name }) => folderBranch({ bucket: name, prefix: '' }, state, now));
}

function folderBranch(folder: Folder, state: StorageState, now: number): Branch {
  const row = folderRow(folder, state);
  const listing = state.folders.get(row.id);
  if (listing === undefined) return { row };
  const words = { empty: state.filters.has(row.id) ? 'No such name' : 'Empty', more: 'Load more' };
  const children = listBranches(
    row.id,
    listing,
    (entry) => entryBranch(folder.bucket, entry, state, now),
    words,
  );
  return { row, children };
}

function entryBranch(bucket: string, entry: ObjectEntry, state: StorageState, now: number): Branch {
  if (entry.kind === 'prefix') return folderBranch({ bucket, prefix: entry.key }, state, now);
  const { key, modifiedAt } = entry;
  const label = lastPart(key);
  const bytes = size(entry.size);
  const { changes, versions, links } = state.offered;
  return {
    row: {
      id: `object:${bucket}/${key}`,
      label,
      description: [bytes, modifiedAt === undefined ? '' : ago(modifiedAt, now)].filter(Boolean).join(', '),
      icon: { id: fileIcon(key) },
      tooltip: objectTooltip(bucket, key, bytes, modifiedAt),
      spoken: [label, bytes, modifiedAt === undefined ? '' : `changed ${moment(modifiedAt)}`]
        .filter(Boolean)
        .join(', '),
      context: contextOf('object', { changes, versions, links }),
      expand: 'never',
      click: { command: 'mlops.openObject', title: 'Open' },
      target: { bucket, key },
    },
  };
}

function folderRow({ bucket, prefix }: Folder, { offered, filters }: StorageState): Row {
  const top = prefix === '';
  const id = folderRowId({ bucket, prefix });
  const label = top ? bucket : lastPart(prefix);
  const filter = filters.get(id);
  const shown = filter === undefined ? undefined : `only “${filter}”`;
  const { changes } = offered;
  return {
    id,
    label,
    ...(shown === undefined ? {} : { description: shown }),
    icon: { id: top ? 'database' : 'folder' },
    tooltip: code(top ? bucket : `${bucket}/${prefix}`),
    spoken: [label, top ? 'bucket' : 'folder', shown ?? ''].filter(Boolean).join(', '),
    context: contextOf(top ? 'bucket' : 'prefix', { changes, filtered: filter !== undefined }),
    expand: 'closed',
    target: { bucket, key: prefix },
  };
}

/** The kind of a row and what may be done with it, for the manifest's menus: "object.changes.versions". */
function contextOf(kind: string, may: { readonly [what: string]: boolean }): string {
  return [kind, ...Object.keys(may).filter((what) => may[what])].join('.');
}

function objectTooltip(bucket: string, key: string, bytes: string, modifiedAt: number | undefined): string {
  const when = modifiedAt === undefined ? '' : `\n\nChanged ${new Date(modifiedAt).toLocaleString()}`;
  return `${code(`${bucket}/${key}`)}\n\n${bytes}${when}`;
}
