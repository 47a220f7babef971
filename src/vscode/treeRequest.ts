import type { RunRef } from '../core/domain/run.ts';

/** A command's request to the trees: to read everything again, to read the next page below a row, or to select a run. */
export type TreeRequest =
  | { readonly kind: 'refresh' }
  | { readonly kind: 'more'; readonly id: string }
  | { readonly kind: 'select'; readonly run: RunRef };
