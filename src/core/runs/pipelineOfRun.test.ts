import { beforeEach, expect, test } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { PipelineId, PipelineSource } from '../domain/pipeline.ts';
import type { RunSummary } from '../domain/run.ts';
import { allPipelines } from '../pipelines/allPipelines.ts';
import { pipelineOfRun } from './pipelineOfRun.ts';

const never = new AbortController().signal;
let backend: FakePipelineBackend;
beforeEach(() => {
  backend = new FakePipelineBackend();
});

function runOf(id: string, source: PipelineSource) {
  return aRun({ pipeline: { id: id as PipelineId, name: 'iris', source } });
}
const pipelineFor = async (summary: RunSummary) => pipelineOfRun(summary, await allPipelines(backend, never));
const yaml: PipelineSource = { kind: 'yaml', file: '/projects/ml/iris.yaml', label: 'ml/iris.yaml' };
const run = runOf('ml/iris.yaml', yaml);

test('finds the pipeline by its id and its file', async () => {
  const id = backend.addPipeline({ id: 'ml/iris.yaml', name: 'iris', source: yaml });
  expect((await pipelineFor(run)).id).toBe(id);
});

test('finds the Python file that replaced the YAML file in the same folder', async () => {
  const source = { kind: 'python', file: '/projects/ml/iris.py', label: 'ml/iris.py' } as const;
  const id = backend.addPipeline({ id: 'ml/iris.py:iris', name: 'iris', source });
  expect((await pipelineFor(run)).id).toBe(id);
});

test('does not take a file of the same name in another workspace', async () => {
  const source = { kind: 'yaml', file: '/other/ml/iris.yaml', label: 'ml/iris.yaml' } as const;
  backend.addPipeline({ id: 'ml/iris.yaml', name: 'iris', source });
  await expect(pipelineFor(run)).rejects.toMatchObject({
    kind: 'notFound',
    message: 'The pipeline that iris-12 ran, iris (ml/iris.yaml), is not here any more.',
    hint: 'There is another iris in ml/iris.yaml: run that one.',
  });
});

test('says where a pipeline was that is gone', async () => {
  await expect(pipelineFor(run)).rejects.toMatchObject({
    hint: 'It was in /projects/ml/iris.yaml: open that folder, then run it again.',
  });
});

test('finds a sample after an update moved the folder of the extension', async () => {
  const before: PipelineSource = { kind: 'sample', file: '/ext-0.1/iris.yaml' };
  const source = { kind: 'sample', file: '/ext-0.2/iris.yaml' } as const;
  const id = backend.addPipeline({ id: 'sample:iris', name: 'iris', source });
  expect((await pipelineFor(runOf('sample:iris', before))).id).toBe(id);
});
