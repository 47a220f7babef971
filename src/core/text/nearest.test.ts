import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

it('finds a misspelled name', () => {
  expect(nearest('max_dept', ['max_depth', 'test_size'])).toEqual(['max_depth']);
  expect(nearest('MAXDEPTH', ['max_depth', 'test_size'])).toEqual(['max_depth']);
});

it('finds nothing when no name is similar', () => {
  expect(nearest('zebra', ['max_depth', 'test_size'])).toEqual([]);
});

it('gives the best matches first, up to the limit', () => {
  expect(nearest('iris-1', ['churn-2', 'iris-12', 'iris-1'], 2)).toEqual(['iris-1', 'iris-12']);
});
