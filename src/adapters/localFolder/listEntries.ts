import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pageSize, wrongPageToken } from '../../core/ports/pages.ts';
import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { ObjectEntry } from '../../core/domain/storedObject.ts';
import { throwIfAborted } from '../../core/ports/mlopsError.ts';
import { realFile } from './keys.ts';

const usualSize = 100;
/** Most entries of a folder that are listed: their names have to be sorted in memory. */
const mostEntries = 200_000;

interface Key {
  readonly key: string;
  readonly bytes: Buffer;
  readonly isFolder: boolean;
}

/** The folder of a part of a bucket in the store `root`. `parent` is that part's key, "" or ending in a slash. */
export interface BucketFolder {
  readonly root: string;
  readonly bucket: string;
  readonly folder: string;
  readonly parent: string;
}

/** One page of what lies directly in a folder and begins with the query's prefix, in UTF-8 order of the keys. */
export async function listEntries(
  place: BucketFolder,
  query: PageQuery & { readonly prefix: string },
  signal: AbortSignal,
): Promise<Page<ObjectEntry>> {
  const after = query.page === undefined ? undefined : keyOfToken(query.page);
  const { keys, cut } = await sortedKeys(place, query.prefix, signal);
  const rest = after === undefined ? keys : keys.filter((key) => Buffer.compare(key.bytes, after) > 0);
  const page = rest.slice(0, pageSize(query, usualSize));
  const entries = await Promise.all(
    page.map((key) => toEntry(key, path.join(place.folder, key.key.slice(place.parent.length)))),
  );
  const items = entries.filter((entry) => entry !== undefined);
  const last = page.at(-1);
  return {
    items,
    ...(last !== undefined && rest.length > page.length ? { next: tokenAfter(last) } : {}),
    ...(cut ? {} : { total: keys.length }),
    ...(cut ? { cut: `The folder has more than ${mostEntries} entries; the others are not shown.` } : {}),
  };
}

async function sortedKeys(
  place: BucketFolder,
  prefix: string,
  signal: AbortSignal,
): Promise<{ keys: readonly Key[]; cut: boolean }> {
  const { folder, parent } = place;
  const keys: Key[] = [];
  let cut = false;
  for await (const entry of await opendir(folder)) {
    throwIfAborted(signal);
    const key = parent + entry.name;
    if (!key.startsWith(prefix)) continue;
    cut = keys.length >= mostEntries;
    if (cut) break;
    const isFolder = await leadsToFolder(entry, place);
    if (isFolder !== undefined)
      keys.push({
        key: isFolder ? `${key}/` : key,
        bytes: Buffer.from(isFolder ? `${key}/` : key),
        isFolder,
      });
  }
  return { keys: keys.toSorted((a, b) => Buffer.compare(a.bytes, b.bytes)), cut };
}

/** Undefined for what is neither a file nor a folder, and for links that lead nowhere or out of the bucket. */
async function leadsToFolder(
  entry: Dirent,
  { root, bucket, folder }: BucketFolder,
): Promise<boolean | undefined> {
  if (entry.isDirectory()) return true;
  if (entry.isFile()) return false;
  if (!entry.isSymbolicLink()) return undefined;
  const real = await realFile(root, bucket, path.join(folder, entry.name)).catch(() => undefined);
  const stats = real === undefined ? undefined : await stat(real).catch(() => undefined);
  return stats?.isFile() || stats?.isDirectory() ? stats.isDirectory() : undefined;
}

async function toEntry(key: Key, file: string): Promise<ObjectEntry | undefined> {
  if (key.isFolder) return { kind: 'prefix', key: key.key };
  const stats = await stat(file).catch(() => undefined); // removed in the meantime
  return stats && { kind: 'object', key: key.key, size: stats.size, modifiedAt: Math.round(stats.mtimeMs) };
}

function tokenAfter(key: Key): string {
  return Buffer.concat([Buffer.from('after:'), key.bytes]).toString('base64url');
}

function keyOfToken(token: string): Buffer {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.subarray(0, 6).toString() !== 'after:') throw wrongPageToken();
  return bytes.subarray(6);
}
