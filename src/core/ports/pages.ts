import type { PageQuery } from '../domain/page.ts';
import { MlopsError } from './mlopsError.ts';

const largestSize = 200;
/** Most entries of a page of objects. */
export const mostObjects = 1000;

/** Number of items in a page, at most `most`; `usual` when the query does not say. */
export function pageSize({ size }: PageQuery, usual = 20, most = largestSize): number {
  return Math.min(most, Math.max(1, Math.trunc(size ?? usual)));
}

/** The error for a token that is not from this list. */
export function wrongPageToken(): MlopsError {
  return new MlopsError('invalid', 'The page token is not one of this list.', { hint: 'List it anew.' });
}
