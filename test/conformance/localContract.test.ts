import path from 'node:path';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import { pipelineBackendContract } from '../contract/pipelineBackend.ts';
import { localMachine, never, repository, runEnded, runUntil } from './localMachine.ts';

pipelineBackendContract('this machine', async () => {
  const machine = await localMachine([path.join(repository, 'test', 'contract', 'pipelines')]);
  const { backend } = machine;
  await backend.compiler?.install(never);
  const pipelines = {
    quick: 'quick.yaml' as PipelineId,
    slow: 'slow.yaml' as PipelineId,
    failing: 'failing.yaml' as PipelineId,
    broken: 'broken.yaml' as PipelineId,
  };
  return {
    backend,
    pipelines,
    python: 'quick_python.py:quick_python' as PipelineId,
    running: (id) => runUntil(backend, id, (run) => run.counts.running > 0),
    ended: (id) => runEnded(backend, id),
    remove: machine.remove,
  };
});
