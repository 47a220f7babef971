import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { mostObjects, pageSize, wrongPageToken } from '../../core/ports/pages.ts';
import type { Page } from '../../core/domain/page.ts';
import type { ObjectEntry } from '../../core/domain/storedObject.ts';
import { throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { ObjectQuery } from '../../core/ports/objectStore.ts';
import { realFile } from './keys.ts';

const usualSize = 100;
/** Most entries of a folder that are listed: their names have to be sorted in memory. */
const mostEntries = 200_000;
const statsAtOnce = 100;

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

/** One page of what lies in a folder, directly or at any depth, and begins with the query's prefix, in UTF-8 order of the keys. */
export async function listEntries(
  place: BucketFolder,
  query: ObjectQuery,
  signal: AbortSignal,
): Promise<Page<ObjectEntry>> {
  const after = query.page === undefined ? undefined : keyOfToken(query.page);
  const found = await sortedKeys(place, query, signal);
  const toListed = ({ key, isFolder }: Key) => toEntry(key, isFolder, fileOf(place, key));
  const keys = isTimed(query) ? await changedIn(found.keys, query, toListed, signal) : found.keys;
  const rest = after === undefined ? keys : keys.filter((key) => Buffer.compare(key.bytes, after) > 0);
  const page = rest.slice(0, pageSize(query, usualSize, mostObjects));
  const entries = await Promise.all(page.map(toListed));
  const items = entries.filter((entry) => entry !== undefined);
  const last = page.at(-1);
  return {
    items,
    ...(last !== undefined && rest.length > page.length ? { next: tokenAfter(last) } : {}),
    ...(found.cut ? {} : { total: keys.length }),
    ...(found.cut
      ? { cut: `The folder has more than ${mostEntries} entries; the others are not shown.` }
      : {}),
  };
}

const isTimed = ({ since, until }: ObjectQuery) => since !== undefined || until !== undefined;
const fileOf = ({ folder, parent }: BucketFolder, key: string) => path.join(folder, key.slice(parent.length));

/** The keys of the objects that were changed in the time that is asked for. */
async function changedIn(
  keys: readonly Key[],
  { since = -Infinity, until = Infinity }: ObjectQuery,
  toListed: (key: Key) => Promise<ObjectEntry | undefined>,
  signal: AbortSignal,
): Promise<readonly Key[]> {
  const changed: Key[] = [];
  for (let start = 0; start < keys.length; start += statsAtOnce) {
    throwIfAborted(signal);
    const some = keys.slice(start, start + statsAtOnce);
    const entries = await Promise.all(some.map(toListed));
    changed.push(
      ...some.filter((_, index) => {
        const entry = entries[index];
        const time = entry?.kind === 'object' ? entry.modifiedAt : undefined;
        return time !== undefined && time >= since && time < until;
      }),
    );
  }
  return changed;
}

async function sortedKeys(
  place: BucketFolder,
  { prefix, deep = false }: ObjectQuery,
  signal: AbortSignal,
): Promise<{ keys: readonly Key[]; cut: boolean }> {
  const keys: Key[] = [];
  const folders = [place.parent];
  for (let at = folders.shift(); at !== undefined; at = folders.shift()) {
    const folder = fileOf(place, at);
    for await (const entry of await opendir(folder)) {
      throwIfAborted(signal);
      const key = at + entry.name;
      if (!key.startsWith(prefix)) continue;
      if (keys.length + folders.length >= mostEntries) return { keys: keys.toSorted(byBytes), cut: true };
      const isFolder = await leadsToFolder(entry, { ...place, folder });
      if (isFolder === undefined) continue;
      // A link to a folder may lead to one that it is in.
      if (deep && isFolder) folders.push(...(entry.isDirectory() ? [`${key}/`] : []));
      else keys.push(toKey(isFolder ? `${key}/` : key, isFolder));
    }
  }
  return { keys: keys.toSorted(byBytes), cut: false };
}

const toKey = (key: string, isFolder: boolean): Key => ({ key, bytes: Buffer.from(key), isFolder });
const byBytes = (a: Key, b: Key) => Buffer.compare(a.bytes, b.bytes);

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

async function toEntry(key: string, isFolder: boolean, file: string): Promise<ObjectEntry | undefined> {
  if (isFolder) return { kind: 'prefix', key };
  const stats = await stat(file).catch(() => undefined); // removed in the meantime
  return stats && { kind: 'object', key, size: stats.size, modifiedAt: Math.round(stats.mtimeMs) };
}

function tokenAfter(key: Key): string {
  return Buffer.concat([Buffer.from('after:'), key.bytes]).toString('base64url');
}

function keyOfToken(token: string): Buffer {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.subarray(0, 6).toString() !== 'after:') throw wrongPageToken();
  return bytes.subarray(6);
}
