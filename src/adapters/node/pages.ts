import { createHash } from 'node:crypto';
import type { Page, PageQuery } from '../../core/domain/page.ts';
import { pageSize, wrongPageToken } from '../../core/ports/pages.ts';

/**
 * One page of items in their order. The token of the next page, "50.1f3a9c0b", is the count of items before it and a hash
 * of the last one's key: that item is looked for first, since the list may have grown or shrunk before it.
 */
export function pageOf<T>(items: readonly T[], query: PageQuery, keyOf: (item: T) => string): Page<T> {
  const start = query.page === undefined ? 0 : startOf(query.page, items, keyOf);
  const end = start + pageSize(query);
  const page = { items: items.slice(start, end), total: items.length };
  const last = page.items.at(-1);
  return last === undefined || end >= items.length
    ? page
    : { ...page, next: `${end}.${hashOf(keyOf(last))}` };
}

function startOf<T>(token: string, items: readonly T[], keyOf: (item: T) => string): number {
  const [, count, hash] = /^(\d+)\.([0-9a-f]{8})$/.exec(token) ?? [];
  if (count === undefined) throw wrongPageToken();
  const index = items.findIndex((item) => hashOf(keyOf(item)) === hash);
  return index < 0 ? Math.max(0, Number(count) - 1) : index + 1; // the item itself may be gone
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

/** The number in the token of a list that is ordered by numbers. Throws invalid for any other token. */
export function numberOfToken(token: string): number {
  if (!/^\d{1,15}$/.test(token)) throw wrongPageToken();
  return Number(token);
}
