import { expect, test } from 'vitest';
import { runRef } from '../../../test/fakes/aRun.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import { detailsUri, searchUri } from '../uris.ts';
import { addressOf } from './address.ts';

const run = runRef('iris-12', 'team' as ConnectionId);

test.each([
  ['/runs/iris-12.md', { kind: 'run', run }],
  [
    `/runs/iris-12/${encodeURIComponent('for-loop-1[0]/train')}.log`,
    { kind: 'log', run, task: 'for-loop-1[0]/train' },
  ],
  ['/runs/iris-12/train.py', { kind: 'source', run, task: 'train' }],
  ['/runs/iris-12/whole/train.log', { kind: 'wholeLog', run, task: 'train' }],
  ['/runs/iris-12/search/train', undefined],
  [
    '/objects/artifacts/iris/a b.csv',
    { kind: 'object', connection: 'team', bucket: 'artifacts', key: 'iris/a b.csv' },
  ],
  ['/runs/iris-12/%E0.log', undefined],
  ['/elsewhere', undefined],
])('the path %s is decoded, or refused', (path, address) => {
  expect(addressOf({ authority: 'team', path, query: '' })).toEqual(address);
});

test('a search is identified by its query; the path is for people only', () => {
  const uri = searchUri(run, 'loop-1/train', 'a/b & ü=1');
  expect(uri.path).toBe('/runs/iris-12/search/loop-1∕train “a∕b & ü=1”');
  expect(addressOf(uri)).toEqual({
    kind: 'search',
    run,
    task: 'loop-1/train',
    text: 'a/b & ü=1',
  });
});

test('an address from 0.1.0 names no connection and belongs to this machine', () => {
  expect(addressOf({ authority: '', path: '/runs/iris-12.md', query: '' })).toEqual({
    kind: 'run',
    run: runRef('iris-12'),
  });
});

test('the details of an object are found by its key, whatever it is', () => {
  const object = { connection: 'team' as ConnectionId, bucket: 'data', key: 'a//../b.md' };
  expect(addressOf(detailsUri(object))).toEqual({ kind: 'details', ...object });
});
