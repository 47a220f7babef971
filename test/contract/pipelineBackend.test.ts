import type { Json } from '../../src/core/domain/json.ts';
import type { PipelineId, TaskNode } from '../../src/core/domain/pipeline.ts';
import type { RunId } from '../../src/core/domain/run.ts';
import { describeSpecification } from '../../src/core/pipelineSpec/describeSpecification.ts';
import type { GivenSpec } from '../../src/core/pipelineSpec/givenPipeline.ts';
import { aSpecification } from '../fakes/aSpecification.ts';
import { FakePipelineBackend } from '../fakes/fakePipelineBackend.ts';
import { keeping } from '../fakes/keeping.ts';
import { MemorySchedules } from '../fakes/memorySchedules.ts';
import { keptPipelines } from './keptPipelines.ts';
import { pipelineBackendContract } from './pipelineBackend.ts';

const task = (name: string, ...after: string[]): TaskNode => ({
  name,
  displayName: name,
  kind: 'task',
  after,
  children: [],
});

pipelineBackendContract(
  'in memory',
  async () => {
    const backend = keeping(new FakePipelineBackend());
    backend.schedules = new MemorySchedules(backend);
    const pipelines = {
      quick: backend.addPipeline({
        name: 'quick',
        description: 'Says a word.',
        parameters: [
          { name: 'times', type: 'integer', required: false, default: 1 },
          { name: 'word', type: 'string', required: true },
        ],
        tasks: [task('measure', 'say'), task('say')],
      }),
      slow: backend.addPipeline({ name: 'slow', tasks: [task('sleep')] }),
      failing: backend.addPipeline({ name: 'failing', tasks: [task('fail')] }),
      broken: backend.addPipeline({
        name: 'broken',
        problem: { what: 'broken_reference', message: 'There is no comp-a.' },
      }),
    };
    const python = backend.addPython({
      name: 'quick-python',
      parameters: [{ name: 'word', type: 'string', required: true }],
    });
    return {
      backend,
      pipelines,
      python,
      given: handed(),
      running: async (id) => backend.changeTask(id, { path: 'sleep', state: 'running' }),
      ended: async (id) => end(backend, pipelines, id),
      edit: async () => {
        const quick = backend.pipelines.get(pipelines.quick);
        if (quick) backend.addPipeline({ ...quick, tasks: [...quick.tasks, task('more')] });
      },
      remove: async () => undefined,
    };
  },
  keptPipelines,
);

/** A pipeline that the backend does not have. */
function handed(): GivenSpec {
  const specification = aSpecification('elsewhere');
  const id = 'elsewhere.yaml' as PipelineId;
  const source = { kind: 'yaml', file: '/workspace/elsewhere.yaml', label: 'elsewhere.yaml' } as const;
  const pipeline = describeSpecification({ id, name: 'elsewhere', source }, specification);
  return { kind: 'spec', pipeline, specification };
}

/** Does at once what the real pipelines do. */
function end(backend: FakePipelineBackend, pipelines: { readonly failing: PipelineId }, id: RunId) {
  const run = backend.runs.get(id);
  if (!run || run.endedAt !== undefined) return backend.change(id, {});
  if (run.state === 'stopping') return backend.end(id, 'stopped');
  if (run.pipeline.id === pipelines.failing) {
    const message = textOf(run.parameters['message']);
    const where = { function: 'fail', line: 2, offset: 1, text: 'raise ValueError(message)' };
    const error = { kind: 'exception', type: 'ValueError', message, ...where };
    backend.setSource(id, 'fail', 'def fail(message: str):\n    raise ValueError(message)\n');
    backend.setLog(id, 'fail', 'about to fail\n');
    backend.changeTask(id, { path: 'fail', state: 'failed', attempts: 1, error });
    return backend.end(id, 'failed', { error: { ...error, task: 'fail' } });
  }
  const text = Array.from({ length: Number(run.parameters['times']) }, () =>
    textOf(run.parameters['word']),
  ).join(' ');
  const length = { name: 'length', value: text.length, task: 'measure', artifact: 'metrics' };
  backend.setLog(id, 'say', `say ${text}\n`);
  backend.changeTask(id, { path: 'say', state: 'succeeded', attempts: 1, outputs: { Output: text } });
  backend.changeTask(id, { path: 'measure', state: 'succeeded', attempts: 1, metrics: [length] });
  return backend.end(id, 'succeeded', { outputs: { Output: text } });
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
