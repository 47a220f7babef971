import type { RunId } from '../domain/run.ts';

/** Most that is read of one dataset, in bytes; a larger one is told by its size and its beginning. */
export const comparedBytes = 2_000_000;

/** Why a dataset's content was not read. */
export type Unread = 'folder' | 'unreadable' | 'tooManyDatasets' | 'tooManyRuns';

/**
 * A dataset's content as a print: equal prints, equal content. With `beginningOf` only its size and its beginning were
 * read; that names the object, which is equal to itself in any case.
 */
export type DatasetPrint =
  | { readonly print: string; readonly beginningOf?: string }
  | { readonly unread: Unread };

/** What each run's datasets hold. The key is `task/artifact`. */
export type DatasetPrints = ReadonlyMap<RunId, ReadonlyMap<string, DatasetPrint>>;
