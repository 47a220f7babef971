import type { RunId } from '../domain/run.ts';

/** Most bytes read of one dataset; a larger one is compared by its size and its beginning. */
export const comparedBytes = 2_000_000;

/** Why a dataset's content was not read. */
export type Unread = 'folder' | 'unreadable' | 'tooManyDatasets' | 'tooManyRuns';

/**
 * Equal fingerprints mean equal content. `beginningOf` names the object where only its size and beginning were read: then two
 * different objects may differ further on.
 */
export type DatasetFingerprint =
  | { readonly fingerprint: string; readonly beginningOf?: string }
  | { readonly unread: Unread };

/** The fingerprints of each run's datasets, by `task/artifact`. */
export type DatasetFingerprints = ReadonlyMap<RunId, ReadonlyMap<string, DatasetFingerprint>>;
