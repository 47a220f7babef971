import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

it('finds the name that was meant', () => {
  expect(nearest('max_dept', ['max_depth', 'test_size'])).toEqual(['max_depth']);
  expect(nearest('MAXDEPTH', ['max_depth', 'test_size'])).toEqual(['max_depth']);
});

it('finds none when nothing is near', () => {
  expect(nearest('zebra', ['max_depth', 'test_size'])).toEqual([]);
});

it('gives the best first, and no more than asked for', () => {
  expect(nearest('iris-1', ['churn-2', 'iris-12', 'iris-1'], 2)).toEqual(['iris-1', 'iris-12']);
});
