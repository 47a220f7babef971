import { expect, it } from 'vitest';
import type { TaskNode } from '../domain/pipeline.ts';
import { inRunningOrder } from './taskOrder.ts';

const node = (name: string, ...after: readonly string[]): TaskNode => ({
  name,
  displayName: name,
  kind: 'task',
  after,
  children: [],
});
const names = (...tasks: readonly TaskNode[]) => inRunningOrder(tasks).map(({ name }) => name);

it('tasks follow those that they wait for, else keep their order', () => {
  expect(names(node('evaluate', 'train'), node('load'), node('report'), node('train', 'load'))).toEqual([
    'load',
    'report',
    'train',
    'evaluate',
  ]);
});

it('tasks that wait for each other, or for a task of another level, are kept', () => {
  expect(names(node('a', 'b'), node('b', 'a'), node('c', 'elsewhere'))).toEqual(['c', 'a', 'b']);
});
