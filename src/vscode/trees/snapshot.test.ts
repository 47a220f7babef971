import { describe, expect, test } from 'vitest';
import type { Branch } from './row.ts';
import { changedIds, snapshotOf } from './snapshot.ts';

const branch = (id: string, description = '', children?: readonly Branch[]): Branch => ({
  row: { id, label: id, description, spoken: id, expand: children === undefined ? 'never' : 'closed' },
  children,
});
const changed = (before: readonly Branch[] | undefined, after: readonly Branch[]) =>
  changedIds(snapshotOf(before), snapshotOf(after));

describe('changedIds', () => {
  const before = [branch('a', '', [branch('a1', 'old'), branch('a2')]), branch('b')];

  test('names nothing when nothing changed', () => {
    expect(changed(before, structuredClone(before))).toEqual([]);
  });

  test('names the changed row and not those above it', () => {
    expect(changed(before, [branch('a', '', [branch('a1', 'new'), branch('a2')]), branch('b')])).toEqual([
      'a1',
    ]);
  });

  test('names only the topmost row, since drawing it draws the rows below', () => {
    expect(changed(before, [branch('a', 'new', [branch('a1', 'new'), branch('a2')]), branch('b')])).toEqual([
      'a',
    ]);
  });

  test('names the parent of a row that was added, removed or moved', () => {
    expect(changed(before, [branch('a', '', [branch('a2'), branch('a1', 'old')]), branch('b')])).toEqual([
      'a',
    ]);
    expect(changed(before, [branch('b')])).toEqual(['']);
  });

  test('reports no change after the first reading', () => {
    expect(changed(undefined, before)).toEqual([]);
    expect(changed([branch('a'), branch('b')], before)).toEqual(['a']);
    const closed: Branch = { row: { ...branch('a', '', []).row } };
    expect(changed([closed, branch('b')], before)).toEqual([]);
  });
});

test('a snapshot knows the parent and the children of a row', () => {
  const rows = snapshotOf([branch('a', '', [branch('a1')])]);
  expect(rows.get('a1')?.parent).toBe('a');
  expect(rows.get('')?.children).toEqual(['a']);
  expect(rows.get('a1')?.children).toBeUndefined();
});
