import type { ObjectStat } from '../domain/storedObject.ts';

/** A text that changes whenever an object does: its ETag, else its size and time, which listings have. */
export function objectState({
  etag,
  size,
  modifiedAt,
}: Pick<ObjectStat, 'etag' | 'size' | 'modifiedAt'>): string {
  return etag ?? `${size} ${modifiedAt ?? ''}`;
}
