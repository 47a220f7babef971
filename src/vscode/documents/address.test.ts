import { expect, test } from 'vitest';
import type { RunId } from '../../core/domain/run.ts';
import { searchUri } from '../uris.ts';
import { addressOf } from './address.ts';

test.each([
  ['/runs/iris-12.md', { kind: 'run', run: 'iris-12' }],
  [
    `/runs/iris-12/${encodeURIComponent('for-loop-1[0]/train')}.log`,
    { kind: 'log', run: 'iris-12', task: 'for-loop-1[0]/train' },
  ],
  ['/runs/iris-12/train.py', { kind: 'source', run: 'iris-12', task: 'train' }],
  ['/runs/iris-12/whole/train.log', { kind: 'wholeLog', run: 'iris-12', task: 'train' }],
  ['/runs/iris-12/search/train', undefined],
  ['/objects/artifacts/iris/a b.csv', { kind: 'object', bucket: 'artifacts', key: 'iris/a b.csv' }],
  ['/runs/iris-12/%E0.log', undefined],
  ['/elsewhere', undefined],
])('%s', (path, address) => {
  expect(addressOf(path)).toEqual(address);
});

test('a search is named by its query: the path is for people', () => {
  const { path, query } = searchUri('iris-12' as RunId, 'loop-1/train', 'a/b & ü=1');
  expect(path).toBe('/runs/iris-12/search/loop-1∕train “a∕b & ü=1”');
  expect(addressOf(path, query)).toEqual({
    kind: 'search',
    run: 'iris-12',
    task: 'loop-1/train',
    text: 'a/b & ü=1',
  });
});
