import { treeRequests } from '../treeRequests.ts';

/** Reads everything again that the sidebar shows. */
export function refresh(): void {
  treeRequests.fire({ kind: 'refresh' });
}
