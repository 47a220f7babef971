import type { Page } from '../../core/domain/page.ts';
import type { ObjectEntry } from '../../core/domain/storedObject.ts';
import { throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { ObjectQuery } from '../../core/ports/objectStore.ts';
import { mostObjects, pageSize, wrongPageToken } from '../../core/ports/pages.ts';
import type { Listing } from './listing.ts';

/** Asks the server for one page. */
export type AskPage = (
  prefix: string,
  wish: { readonly deep: boolean; readonly size: number; readonly token?: string | undefined },
) => Promise<Listing>;

/** Most pages that are looked through for the objects of a time; the token goes on from there. */
const mostPages = 20;

/**
 * One page of a listing: one request, or as many as it takes to find the objects of a time. The page's token is the
 * server's own.
 */
export async function listObjects(
  ask: AskPage,
  query: ObjectQuery,
  signal: AbortSignal,
): Promise<Page<ObjectEntry>> {
  const { prefix, deep = false } = query;
  const isTimed = query.since !== undefined || query.until !== undefined;
  const size = pageSize(query, 100, mostObjects);
  let token = query.page === undefined ? undefined : tokenIn(query.page);
  const items: ObjectEntry[] = [];
  for (let asked = 0; asked < mostPages; asked += 1) {
    throwIfAborted(signal);
    const page = await ask(prefix, { deep, size: isTimed ? size - items.length : size, token });
    items.push(...page.entries.filter((entry) => isAskedFor(entry, query)));
    token = page.next;
    if (!isTimed || token === undefined || items.length >= size) break;
  }
  return { items, ...(token === undefined ? {} : { next: toPage(token) }) };
}

/** Prefixes have no time, and are left out where one is given. */
function isAskedFor(entry: ObjectEntry, { since, until }: ObjectQuery): boolean {
  if (since === undefined && until === undefined) return true;
  if (entry.kind === 'prefix') return false;
  const { modifiedAt = 0 } = entry;
  return modifiedAt >= (since ?? 0) && modifiedAt < (until ?? Infinity);
}

const mark = 's3:';

const toPage = (token: string) => Buffer.from(`${mark}${token}`).toString('base64url');

function tokenIn(page: string): string {
  const text = Buffer.from(page, 'base64url').toString();
  if (!text.startsWith(mark)) throw wrongPageToken();
  return text.slice(mark.length);
}
