import type { Bucket, ObjectEntry } from '../../core/domain/storedObject.ts';
import { code } from '../../core/text/markdown.ts';
import { size } from '../../core/text/units.ts';
import { type Listing, listBranches } from './listing.ts';
import { fileIcon } from './fileIcon.ts';
import { type Branch, type Branches, type Row, rootId } from './row.ts';

/** The store as far as it was read. Folders are buckets and prefixes, by the id of their row. */
export interface StorageState {
  readonly buckets?: Listing<Bucket>;
  readonly folders: ReadonlyMap<string, Listing<ObjectEntry>>;
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
export function storageBranches(state: StorageState): Branches {
  const { buckets } = state;
  if (buckets === undefined) return undefined;
  return listBranches(rootId, buckets, ({ name }) => folderBranch({ bucket: name, prefix: '' }, state));
}

function folderBranch(folder: Folder, state: StorageState): Branch {
  const row = folderRow(folder);
  const listing = state.folders.get(row.id);
  if (listing === undefined) return { row };
  const children = listBranches(
    row.id,
    listing,
    (entry) => entryBranch(folder.bucket, entry, state),
    'Empty',
  );
  return { row, children };
}

function entryBranch(bucket: string, entry: ObjectEntry, state: StorageState): Branch {
  if (entry.kind === 'prefix') return folderBranch({ bucket, prefix: entry.key }, state);
  const label = lastPart(entry.key);
  const bytes = size(entry.size);
  return {
    row: {
      id: `object:${bucket}/${entry.key}`,
      label,
      description: bytes,
      icon: { id: fileIcon(entry.key) },
      tooltip: objectTooltip(bucket, entry.key, bytes, entry.modifiedAt),
      spoken: `${label}, ${bytes}`,
      context: 'object',
      expand: 'never',
      click: { command: 'mlops.openObject', title: 'Open' },
      target: { bucket, key: entry.key },
    },
  };
}

function folderRow({ bucket, prefix }: Folder): Row {
  const top = prefix === '';
  const label = top ? bucket : lastPart(prefix);
  return {
    id: folderRowId({ bucket, prefix }),
    label,
    icon: { id: top ? 'database' : 'folder' },
    tooltip: code(top ? bucket : `${bucket}/${prefix}`),
    spoken: `${label}, ${top ? 'bucket' : 'folder'}`,
    context: top ? 'bucket' : 'prefix',
    expand: 'closed',
    target: { bucket, key: prefix },
  };
}

function objectTooltip(bucket: string, key: string, bytes: string, modifiedAt: number | undefined): string {
  const when = modifiedAt === undefined ? '' : `\n\nChanged ${new Date(modifiedAt).toLocaleString()}`;
  return `${code(`${bucket}/${key}`)}\n\n${bytes}${when}`;
}

/** The last part of a key, without the slash of a prefix. A key like `a//` has an empty one, which is shown as "/". */
function lastPart(key: string): string {
  const trimmed = key.replace(/\/$/, '');
  return trimmed.slice(trimmed.lastIndexOf('/') + 1) || '/';
}
