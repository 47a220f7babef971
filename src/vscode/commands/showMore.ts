import { treeRequests } from '../treeRequests.ts';
import { targetOf } from './shared/arguments.ts';

/** Reads the next page under a row of the sidebar. */
export function showMore(...args: unknown[]): void {
  const { more } = targetOf(args);
  if (more !== undefined) treeRequests.fire({ kind: 'more', id: more });
}
