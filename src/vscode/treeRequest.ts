import type { RunRef } from '../core/domain/run.ts';

/** What a command asks of the trees: to read everything again, the next page under a row, or to select a run. */
export type TreeRequest =
  | { readonly kind: 'refresh' }
  | { readonly kind: 'more'; readonly id: string }
  | { readonly kind: 'select'; readonly run: RunRef };
