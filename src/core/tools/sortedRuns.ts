import type { Page } from '../domain/page.ts';
import { activeStates, runDuration, type RunState, type RunSummary } from '../domain/run.ts';
import { wrongPageToken } from '../ports/pages.ts';

/** Orders that no backend has: runs are read and put in order here. */
export const ownOrders = ['name', 'duration', 'state'] as const;
export type OwnOrder = (typeof ownOrders)[number];

/** How many of the newest runs are put in order. */
export const mostSorted = 200;

/** What needs a person comes first. */
const states: readonly RunState[] = [
  ...(['failed', 'interrupted'] as const),
  ...activeStates,
  ...(['stopped', 'succeeded', 'skipped'] as const),
];

const compare: { readonly [order in OwnOrder]: (a: RunSummary, b: RunSummary) => number } = {
  name: (a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }),
  duration: (a, b) => (runDuration(b) ?? -1) - (runDuration(a) ?? -1),
  state: (a, b) => states.indexOf(a.state) - states.indexOf(b.state),
};

export function isOwnOrder(sort: string | undefined): sort is OwnOrder {
  return ownOrders.some((order) => order === sort);
}

/** A page of runs, which are newest first, in another order; equal ones stay newest first. Throws MlopsError for a wrong token. */
export function sortedPage(
  newest: Page<RunSummary>,
  order: OwnOrder,
  { size, page }: { readonly size: number; readonly page?: string | undefined },
): Page<RunSummary> {
  const start = page === undefined ? 0 : Number(/^at:(\d+)$/.exec(page)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw wrongPageToken();
  const ordered = newest.items.toSorted(compare[order]);
  const end = start + size;
  const cut =
    newest.next === undefined
      ? newest.cut
      : `Only the newest ${ordered.length} of these runs were put in order.`;
  return {
    items: ordered.slice(start, end),
    ...(end < ordered.length ? { next: `at:${end}` } : {}),
    ...(newest.total === undefined ? {} : { total: newest.total }),
    ...(cut === undefined ? {} : { cut }),
  };
}
