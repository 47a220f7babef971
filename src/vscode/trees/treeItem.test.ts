import { expect, test } from 'vitest';
import type { RunId } from '../../core/domain/run.ts';
import type { Row } from './row.ts';
import { toTreeItem } from './treeItem.ts';

const object = { bucket: 'artifacts', key: 'iris/report' };
const row: Row = { id: 'a', label: 'a', spoken: 'a', expand: 'never', target: object };

test('a click acts on the row’s target, or on the command that the row names', () => {
  const open = { command: 'mlops.openObject', title: 'Open' };
  expect(toTreeItem({ ...row, click: open }).command).toEqual({ ...open, arguments: [object] });
  const results = { command: 'mlops.openRun', title: 'Results' };
  const target = { run: 'iris-1' as RunId };
  expect(toTreeItem({ ...row, click: { ...results, target } }).command).toEqual({
    ...results,
    arguments: [target],
  });
});
