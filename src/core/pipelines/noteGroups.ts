import type { Remark } from '../domain/pipeline.ts';

/** Notes of one kind under a title. */
export interface NoteGroup {
  readonly title: 'Different here' | 'Worth knowing';
  readonly notes: readonly Remark[];
}

/** The notes on a pipeline in two groups: what this connection does differently, and what holds everywhere. */
export function noteGroups(notes: readonly Remark[]): readonly NoteGroup[] {
  const groups: readonly NoteGroup[] = [
    { title: 'Different here', notes: notes.filter(({ everywhere }) => everywhere !== true) },
    { title: 'Worth knowing', notes: notes.filter(({ everywhere }) => everywhere === true) },
  ];
  return groups.filter((group) => group.notes.length > 0);
}
