import { type Branches, type Row, rootId } from './row.ts';

/** A row as it was last shown, with its position. */
export interface Shown {
  readonly row: Row | undefined;
  readonly parent: string | undefined;
  /** Ids of the rows below it; undefined until they are read. */
  readonly children: readonly string[] | undefined;
}

/** All rows by id, including the root. */
export type Snapshot = ReadonlyMap<string, Shown>;

/** A tree's rows by id. */
export function snapshotOf(branches: Branches): Snapshot {
  const rows = new Map<string, Shown>();
  const add = (row: Row | undefined, parent: string | undefined, below: Branches) => {
    const id = row?.id ?? rootId;
    rows.set(id, { row, parent, children: below?.map((branch) => branch.row.id) });
    for (const branch of below ?? []) add(branch.row, id, branch.children);
  };
  add(undefined, undefined, branches);
  return rows;
}

/**
 * The topmost rows to draw again. Drawing a row also draws what is below it, so nothing below them is named.
 * Rows that are read for the first time are no change: the caller that asked gets them.
 */
export function changedIds(before: Snapshot, after: Snapshot): readonly string[] {
  const changed: string[] = [];
  const visit = (id: string) => {
    const old = before.get(id);
    const now = after.get(id);
    if (old === undefined || now === undefined) return;
    if (!sameRow(old.row, now.row) || !sameIds(old.children, now.children)) changed.push(id);
    else if (old.children !== undefined) now.children?.forEach(visit);
  };
  visit(rootId);
  return changed;
}

function sameRow(a: Row | undefined, b: Row | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function sameIds(before: readonly string[] | undefined, after: readonly string[] | undefined): boolean {
  if (before === undefined) return true;
  return after?.length === before.length && before.every((id, index) => id === after[index]);
}
