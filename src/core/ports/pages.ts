import type { PageQuery } from '../domain/page.ts';
import { MlopsError } from './mlopsError.ts';

const largestSize = 200;

/** Number of items in a page; `usual` when the query does not say. */
export function pageSize({ size }: PageQuery, usual = 20): number {
  return Math.min(largestSize, Math.max(1, Math.trunc(size ?? usual)));
}

/** The error for a token that is not from this list. */
export function wrongPageToken(): MlopsError {
  return new MlopsError('invalid', 'The page token is not one of this list.', { hint: 'List it anew.' });
}
