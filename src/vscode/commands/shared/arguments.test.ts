import { expect, test } from 'vitest';
import { Uri } from 'vscode';
import type { ConnectionId } from '../../../core/domain/connection.ts';
import { objectUri } from '../../uris.ts';
import { objectTargetsOf, targetOf } from './arguments.ts';

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

test('an object’s editor names the object', () => {
  const uri = objectUri({ connection: 'objects' as ConnectionId, bucket: 'data', key: 'a//b' });
  expect(targetOf([uri])).toEqual({ connection: 'objects', bucket: 'data', key: 'a//b' });
});

test('selected rows are meant together, unless the menu is that of another row', () => {
  const row = (key: string, connection = 'objects') => ({ target: { connection, bucket: 'data', key } });
  const selected = [row('a'), row('b/'), row('c', 'elsewhere'), { target: { connection: 'objects' } }];
  const keys = (...args: unknown[]) => objectTargetsOf(args).map(({ key }) => key);
  expect(keys(row('a'), selected)).toEqual(['a', 'b/']);
  expect(keys(row('x'), selected)).toEqual(['x']);
  expect(keys({ connection: 'objects', bucket: 'data' })).toEqual(['']);
  expect(keys()).toEqual([]);
});
