import type { Struct } from './struct.ts';

const executor = { container: { image: 'python:3.12', command: ['echo'], args: ['done'] } };
const component = { executorLabel: 'exec-step' };

/** A pipeline of many tasks that wait for nobody. */
export function tasksSideBySide(count: number): Struct {
  const names = Array.from({ length: count }, (_, index) => `step-${index + 1}`);
  return specOf(Object.fromEntries(names.map((name) => [name, taskOf(name)])), {});
}

/** A pipeline of a loop, each of whose iterations has two tasks. */
export function tasksInLoop(iterations: number): Struct {
  const items = Array.from({ length: iterations }, (_, index) => index);
  const loop = {
    ...taskOf('for-loop-1', 'comp-loop'),
    parameterIterator: { itemInput: 'item', items: { raw: JSON.stringify(items) } },
  };
  const tasks = { first: taskOf('first'), second: { ...taskOf('second'), dependentTasks: ['first'] } };
  const inside = {
    dag: { tasks },
    inputDefinitions: { parameters: { item: { parameterType: 'NUMBER_INTEGER' } } },
  };
  return specOf({ 'for-loop-1': loop }, { 'comp-loop': inside });
}

function specOf(tasks: Struct, components: Struct): Struct {
  return {
    pipelineInfo: { name: 'many-tasks' },
    root: { dag: { tasks } },
    components: { 'comp-step': component, ...components },
    deploymentSpec: { executors: { 'exec-step': executor } },
    schemaVersion: '2.1.0',
    sdkVersion: 'kfp-2.17.0',
  };
}

function taskOf(name: string, of = 'comp-step'): Struct {
  return { taskInfo: { name }, componentRef: { name: of }, cachingOptions: {} };
}
