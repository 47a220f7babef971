import { expect, test } from 'vitest';
import { addressOf } from './address.ts';

test.each([
  ['/runs/iris-12.md', { kind: 'run', run: 'iris-12' }],
  [
    `/runs/iris-12/${encodeURIComponent('for-loop-1[0]/train')}.log`,
    { kind: 'log', run: 'iris-12', task: 'for-loop-1[0]/train' },
  ],
  ['/runs/iris-12/train.py', { kind: 'source', run: 'iris-12', task: 'train' }],
  ['/objects/artifacts/iris/a b.csv', { kind: 'object', bucket: 'artifacts', key: 'iris/a b.csv' }],
  ['/runs/iris-12/%E0.log', undefined],
  ['/elsewhere', undefined],
])('%s', (path, address) => {
  expect(addressOf(path)).toEqual(address);
});
