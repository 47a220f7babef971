import { expect, it } from 'vitest';
import { matrixCsv } from './matrixCsv.ts';

it('a matrix as CSV has named rows and columns, quoted where necessary', () => {
  const matrix = {
    kind: 'matrix',
    task: 't',
    artifact: 'a',
    labels: ['cat', 'a "b", c'],
    rows: [
      [1, 2],
      [3, 4.5],
    ],
  } as const;
  expect(matrixCsv(matrix)).toBe('true \\ predicted,cat,"a ""b"", c"\ncat,1,2\n"a ""b"", c",3,4.5\n');
});
