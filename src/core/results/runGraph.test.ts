import { describe, expect, it } from 'vitest';
import { aTask } from '../../../test/fakes/aRun.ts';
import type { TaskNode } from '../domain/pipeline.ts';
import type { TaskRun } from '../domain/run.ts';
import { runGraph } from './runGraph.ts';
import { countNodes, shownGraph } from './shownGraph.ts';

const task = (name: string, more: Partial<TaskNode> = {}): TaskNode => ({
  name,
  displayName: name,
  kind: 'task',
  after: [],
  children: [],
  ...more,
});
const loop = task('loop', { kind: 'loop', children: [task('train')] });
const iterations = (count: number, stateOf: (at: number) => TaskRun['state'] = () => 'succeeded') =>
  Array.from({ length: count }, (_, at) =>
    aTask({ path: `loop[${at}]`, name: `loop[${at}]`, kind: 'iteration', state: stateOf(at) }),
  );

describe('the graph of a run', () => {
  it('says what is passed on, and where only the order is given', () => {
    const { edges } = runGraph(
      [
        task('load'),
        task('train', {
          after: ['load', 'check'],
          inputs: [
            { name: 'rows', kind: 'artifact', from: 'load', output: 'rows' },
            { name: 'again', kind: 'artifact', from: 'load', output: 'rows' },
            { name: 'size', kind: 'parameter', from: 'load', output: 'pipelinechannel--load-size' },
          ],
        }),
        task('check'),
      ],
      { tasks: [] },
    );
    expect(edges).toEqual([
      { from: 'load', to: 'train', passes: ['rows', 'load-size'], artifact: true },
      { from: 'check', to: 'train', passes: [], artifact: false },
    ]);
  });

  it('shows the tasks of one iteration until there are iterations, and nothing where there were no items', () => {
    const pathsIn = (tasks: readonly TaskRun[]) =>
      runGraph([loop], { tasks }).children[0]?.children.map(({ row }) => row.path);
    const ofLoop = (state: TaskRun['state']) => aTask({ path: 'loop', kind: 'loop', state });
    expect(pathsIn([])).toEqual(['loop/train']);
    expect(pathsIn([ofLoop('running'), ...iterations(2)])).toEqual(['loop[0]', 'loop[1]']);
    expect(pathsIn([ofLoop('succeeded')])).toEqual([]);
  });

  it('leaves out what is in a group that was left out, for the same reason', () => {
    const tasks = [aTask({ path: 'loop', kind: 'loop', state: 'skipped', skipReason: 'upstream' })];
    expect(runGraph([loop], { tasks }).children[0]?.children[0]?.row).toMatchObject({
      word: 'skipped',
      note: 'what it needs did not succeed',
    });
  });
});

describe('a graph that is too large', () => {
  it('keeps the first iterations and those that failed, and says so', () => {
    const tasks = iterations(1000, (at) => (at === 700 ? 'failed' : 'succeeded'));
    const { graph, cut } = shownGraph(runGraph([loop], { tasks }));
    const kept = graph?.children[0]?.children.map(({ row }) => row.path);
    expect(kept).toEqual([...iterations(10).map(({ path }) => path), 'loop[700]']);
    expect(cut).toEqual(['23 of 2001 nodes of the graph are drawn.']);
  });

  it('is not drawn where it has no loops, and says so', () => {
    const tasks = Array.from({ length: 5000 }, (_, at) => task(`task-${at}`));
    expect(shownGraph(runGraph(tasks, { tasks: [] }))).toEqual({
      cut: ['The graph is not drawn: its 5000 nodes are too many. The tasks are listed.'],
    });
  });

  it('is whole below that', () => {
    const graph = runGraph([loop], { tasks: iterations(300) });
    expect(shownGraph(graph)).toEqual({ graph, cut: [] });
    expect(countNodes(graph)).toBe(601);
  });
});
