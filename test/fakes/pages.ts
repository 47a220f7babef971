import type { Page, PageQuery } from '../../src/core/domain/page.ts';
import { wrongPageToken } from '../../src/core/ports/pages.ts';

/** One page of items in the order of their keys (UTF-8), as every fake pages. */
export function pageOfItems<T>(items: readonly T[], query: PageQuery, keyOf: (item: T) => string): Page<T> {
  const sorted = items.toSorted((a, b) => Buffer.compare(Buffer.from(keyOf(a)), Buffer.from(keyOf(b))));
  const after = query.page === undefined ? undefined : Buffer.from(keyIn(query.page));
  const rest = sorted.filter((item) => !after || Buffer.compare(Buffer.from(keyOf(item)), after) > 0);
  const page = rest.slice(0, query.size ?? 20);
  const last = page.at(-1);
  return last === undefined || rest.length === page.length
    ? { items: page, total: items.length }
    : { items: page, total: items.length, next: tokenOf(keyOf(last)) };
}

function tokenOf(key: string): string {
  return Buffer.from(`fake:${key}`).toString('base64url');
}

function keyIn(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (!text.startsWith('fake:')) throw wrongPageToken();
  return text.slice('fake:'.length);
}
