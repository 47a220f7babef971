import { describe, expect, it } from 'vitest';
import { aTask } from '../../../../test/fakes/aRun.ts';
import type { TaskNode } from '../../../core/domain/pipeline.ts';
import type { TaskRun } from '../../../core/domain/run.ts';
import { runGraph } from '../../../core/results/runGraph.ts';
import { shownNodes } from './shownNodes.ts';
import { nodeWords } from './words.ts';

const task = (name: string, more: Partial<TaskNode> = {}): TaskNode => ({
  name,
  displayName: name,
  kind: 'task',
  after: [],
  children: [],
  ...more,
});
const loop = task('loop', { kind: 'loop', children: [task('train')] });
const iterations = (count: number, state: TaskRun['state'] = 'succeeded') => [
  aTask({ path: 'loop', kind: 'loop', displayName: 'loop' }),
  ...Array.from({ length: count }, (_, at) => [
    aTask({ path: `loop[${at}]`, name: `loop[${at}]`, displayName: `loop[${at}]`, kind: 'iteration' }),
    aTask({ path: `loop[${at}]/train`, displayName: 'train', state }),
  ]).flat(),
];
const pathsOf = (
  tasks: readonly TaskNode[],
  ran: readonly TaskRun[],
  open: (path: string) => boolean | undefined,
) => shownNodes(runGraph(tasks, { tasks: ran }), open)?.nodes.map(({ node }) => node.row.path);
const asIs = () => undefined;

describe('what is drawn of a graph', () => {
  it('is everything, each group before what is in it', () => {
    expect(pathsOf([loop], iterations(2), asIs)).toEqual([
      'loop',
      'loop[0]',
      'loop[0]/train',
      'loop[1]',
      'loop[1]/train',
    ]);
  });

  it('leaves out what is in a group that a person closed', () => {
    expect(pathsOf([loop], iterations(2), (path) => (path === 'loop[0]' ? false : undefined))).toEqual([
      'loop',
      'loop[0]',
      'loop[1]',
      'loop[1]/train',
    ]);
  });

  it('leaves groups closed where there is much in them, until a person opens one', () => {
    expect(pathsOf([loop], iterations(300), asIs)).toHaveLength(301);
    expect(pathsOf([loop], iterations(600), asIs)).toEqual(['loop']);
    expect(pathsOf([loop], iterations(600), (path) => path === 'loop')).toHaveLength(601);
  });

  it('is nothing where a single level is too large', () => {
    const many = Array.from({ length: 900 }, (_, at) => task(`task-${at}`));
    expect(pathsOf(many, [], asIs)).toBeUndefined();
  });

  it('has the same shape as long as only states change', () => {
    const shapeOf = (tasks: readonly TaskRun[]) => shownNodes(runGraph([loop], { tasks }), asIs)?.shape;
    expect(shapeOf(iterations(2, 'running'))).toBe(shapeOf(iterations(2, 'failed')));
    expect(shapeOf(iterations(2))).not.toBe(shapeOf(iterations(3)));
  });
});

it('tells a node with its state, what is in it, and what it takes from which other', () => {
  const tasks = [
    loop,
    task('score', {
      after: ['loop', 'check'],
      inputs: [{ name: 'models', kind: 'artifact', from: 'loop', output: 'pipelinechannel--train-model' }],
    }),
    task('check'),
  ];
  const ran = [...iterations(2), aTask({ path: 'score', state: 'running', startedAt: 1_000_000 })];
  const wordsOf = (index: number) => {
    const shown = shownNodes(runGraph(tasks, { tasks: ran }), () => false)?.nodes[index];
    return shown === undefined ? '' : nodeWords(shown, 1_002_000, (path) => path);
  };
  expect(wordsOf(0)).toBe('loop loop, succeeded · 2 s, 2 of 2 tasks done');
  expect(wordsOf(1)).toBe('score, running · 2 s, after loop (train-model), check');
  expect(wordsOf(2)).toBe('check, waiting');
});
