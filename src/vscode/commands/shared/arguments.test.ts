import { expect, test } from 'vitest';
import { Uri } from 'vscode';
import { targetOf } from './arguments.ts';

test('a row, a link, a button and a text name the same run', () => {
  const target = { run: 'iris-12' };
  expect(targetOf([{ id: 'run:iris-12', target }])).toEqual(target);
  expect(targetOf([target])).toEqual(target);
  expect(targetOf(['iris-12'])).toEqual(target);
  expect(targetOf(['iris'], 'pipeline')).toEqual({ pipeline: 'iris' });
});

test('a menu of an editor or of the explorer names a file', () => {
  expect(targetOf([Uri.file('/a/train.py'), { groupId: 0 }], 'pipeline')).toEqual({ file: '/a/train.py' });
  expect(targetOf([Uri.parse('mlops:/runs/iris-1.md')])).toEqual({});
});

test('an argument of another shape names nothing', () => {
  for (const args of [[], [undefined], [42], [{ run: 7 }], [{ target: { run: '' } }], ['']]) {
    expect(targetOf(args)).toEqual({});
  }
});

test('unknown fields are left out', () => {
  expect(targetOf([{ run: 'iris-12', danger: 'rm' }])).toEqual({ run: 'iris-12' });
});
