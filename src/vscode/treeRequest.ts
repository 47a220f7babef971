import type { ConnectionId } from '../core/domain/connection.ts';
import type { RunRef } from '../core/domain/run.ts';

/**
 * A command's request to the trees: to read everything again, the objects of a connection, or the next page below a row; to
 * select a run; or to show only the rows below a bucket or prefix whose names contain a text ("": all).
 */
export type TreeRequest =
  | { readonly kind: 'refresh' }
  | { readonly kind: 'objects'; readonly connection: ConnectionId }
  | { readonly kind: 'more'; readonly id: string }
  | { readonly kind: 'select'; readonly run: RunRef }
  | { readonly kind: 'filter'; readonly folder: FilteredFolder; readonly text: string };

/** A bucket or prefix of a connection. */
export interface FilteredFolder {
  readonly connection: ConnectionId;
  readonly bucket: string;
  readonly prefix: string;
}
