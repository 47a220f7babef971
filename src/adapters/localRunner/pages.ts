import type { Page, PageQuery } from '../../core/domain/page.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';

const DEFAULT_SIZE = 20;
const LARGEST_SIZE = 200;

/** How many items a page has. */
export function pageSize(query: PageQuery): number {
  return Math.min(LARGEST_SIZE, Math.max(1, Math.trunc(query.size ?? DEFAULT_SIZE)));
}

/** An opaque token for "what comes after the item with this key". */
export function tokenAfter(key: string): string {
  return Buffer.from(`after:${key}`).toString('base64url');
}

/** The key in a token. Throws invalid for a token that is none of ours. */
export function keyOfToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (!text.startsWith('after:')) throw new MlopsError('invalid', 'The page token is not one of this list.');
  return text.slice('after:'.length);
}

/** One page of items that are sorted by their keys, ascending. */
export function pageOf<T>(items: readonly T[], query: PageQuery, keyOf: (item: T) => string): Page<T> {
  const after = query.page === undefined ? undefined : keyOfToken(query.page);
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, pageSize(query));
  const last = page.at(-1);
  return last !== undefined && rest.length > page.length
    ? { items: page, next: tokenAfter(keyOf(last)) }
    : { items: page };
}
