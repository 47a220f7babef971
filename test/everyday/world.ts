import { aRun } from '../fakes/aRun.ts';
import { FakePipelineBackend } from '../fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../fakes/memoryObjectStore.ts';
import type { Parameter, TaskNode } from '../../src/core/domain/pipeline.ts';
import type { RunState } from '../../src/core/domain/run.ts';

/** The pipelines, runs and buckets that the sentences are said about. */
export function aWorld() {
  const backend = new FakePipelineBackend();
  backend.addPipeline({
    name: 'iris',
    displayName: 'Iris classification',
    description: 'Trains a decision forest on the iris flowers.',
    parameters: [
      parameter('max_depth', 'integer', 2, { description: 'Deepest level of a tree' }),
      parameter('criterion', 'string', 'gini', { choices: ['gini', 'entropy'] }),
      parameter('test_size', 'number', 0.2),
      parameter('n_estimators', 'integer', 10, { description: 'Number of trees' }),
      parameter('shuffle', 'boolean', true),
    ],
    tasks: ['load-data', 'train', 'evaluate'].map(task),
  });
  backend.addPipeline({
    name: 'diabetes-svm',
    description: 'A support vector machine on the diabetes data.',
    parameters: [
      parameter('kernel', 'string', 'rbf', { choices: ['linear', 'rbf', 'poly', 'sigmoid'] }),
      parameter('C', 'number', 1),
      parameter('gamma', 'string', 'scale'),
    ],
    tasks: ['preprocess', 'train', 'evaluate'].map(task),
  });
  backend.addPipeline({
    name: 'churn',
    description: 'Predicts which customers leave.',
    parameters: [
      parameter('n_trees', 'integer', 100),
      parameter('learning_rate', 'number', 0.1),
      parameter('region', 'string', 'all'),
    ],
    tasks: ['preprocess', 'train', 'evaluate'].map(task),
  });
  backend.addPipeline({
    name: 'nightly-ingest',
    description: 'Loads the tables of the warehouse each night.',
    parameters: [parameter('day', 'string', 'today'), parameter('tables', 'list', [])],
    tasks: ['fetch', 'load'].map(task),
  });
  for (const [index, [id, state]] of runs.entries()) {
    const name = id.replace(/-\d+$/, '');
    const pipeline = backend.pipelines.get(`${name}.yaml` as never) ?? { id: name as never, name };
    // The fake sorts by the number.
    backend.addRun(
      aRun({ id, state, name, pipeline: { id: pipeline.id, name }, number: runs.length - index + 100 }),
    );
  }
  const store = new MemoryObjectStore()
    .put('artifacts', 'iris/iris-12/report.html', '<p>')
    .put('datasets', 'diabetes.csv', 'a,b')
    .put('models', 'churn/card.md', '# Churn');
  return { backend, store };
}

/** Newest first. */
export const runs: readonly (readonly [string, RunState])[] = [
  ['churn-4', 'running'],
  ['iris-12', 'succeeded'],
  ['diabetes-svm-7', 'failed'],
  ['iris-11', 'failed'],
  ['diabetes-svm-6', 'succeeded'],
  ['nightly-ingest-3', 'succeeded'],
  ['churn-3', 'succeeded'],
  ['iris-10', 'succeeded'],
  ['churn-2', 'stopped'],
];

function parameter(
  name: string,
  type: Parameter['type'],
  fallback: Parameter['default'] & {},
  more: Partial<Parameter> = {},
): Parameter {
  return { name, type, required: false, default: fallback, ...more };
}

function task(name: string): TaskNode {
  return { name, displayName: name, kind: 'task', after: [], children: [] };
}
