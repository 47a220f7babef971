import { expect, it } from 'vitest';
import type { Parameter } from '../../domain/pipeline.ts';
import { readValues } from './readValues.ts';
import { readWords } from './readWords.ts';

const parameter = (name: string, type: Parameter['type'], more: Partial<Parameter> = {}): Parameter => ({
  name,
  type,
  required: false,
  ...more,
});
const parameters = [
  parameter('max_depth', 'integer'),
  parameter('n_estimators', 'integer', { description: 'Number of trees' }),
  parameter('lr', 'number', { description: 'The learning rate' }),
  parameter('kernel', 'string', { choices: ['rbf', 'sigmoid'] }),
  parameter('shuffle', 'boolean'),
  parameter('region', 'string'),
  parameter('A', 'number'),
  parameter('criterion', 'string', { description: 'How a split is rated: gini, entropy or log_loss' }),
];

it.each([
  ['with max_depth 3', { max_depth: '3' }],
  ['with a max depth of three', { max_depth: '3' }],
  ['with 200 trees and a depth of 5', { n_estimators: '200', max_depth: '5' }],
  ['using a sigmoid kernel', { kernel: 'sigmoid' }],
  ['with RBF', { kernel: 'rbf' }],
  ['with learning rate .1', { lr: '.1' }],
  ['mit max_depth auf 4', { max_depth: '4' }],
  ['shuffle off', { shuffle: 'false' }],
  ['without shuffle', { shuffle: 'false' }],
  ['and shuffle', { shuffle: 'true' }],
  ['with kernl rbf', { kernel: 'rbf' }],
  ['for region "north east"', { region: 'north east' }],
  ['for the south region', { region: 'south' }],
  ['with A 2', { A: '2' }],
  ['using entropy', { criterion: 'entropy' }],
  ['with the log_loss criterion', { criterion: 'log_loss' }],
])('reads "%s"', (text, values) => {
  expect(readValues(readWords(text), parameters)).toEqual(values);
});

it.each([
  'with a friend',
  'with max_depth deep',
  'with max_depth 2.5',
  'with kernel cubic',
  'with 3',
  'with another region',
  'with region that is best',
  'with pepperoni 4',
  'every night',
])('finds no values in "%s"', (text) => {
  expect(readValues(readWords(text), parameters)).toBeUndefined();
});
