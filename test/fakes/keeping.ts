import type { Run, RunId } from '../../src/core/domain/run.ts';
import { MlopsError, throwIfAborted } from '../../src/core/ports/mlopsError.ts';
import type { FakePipelineBackend } from './fakePipelineBackend.ts';
import { MemoryExperiments } from './memoryExperiments.ts';
import { MemoryLibrary } from './memoryLibrary.ts';

/** Makes a fake into a backend that keeps pipelines, versions and experiments, and whose runs can go on and be archived. */
export function keeping(backend: FakePipelineBackend): FakePipelineBackend {
  const existing = (id: RunId): Run => {
    const run = backend.runs.get(id);
    if (run === undefined) throw new MlopsError('notFound', `There is no run ${id}.`);
    return run;
  };
  backend.library = new MemoryLibrary(backend);
  backend.experiments = new MemoryExperiments(backend);
  backend.retryRun = async (id, signal) => {
    throwIfAborted(signal);
    const { endedAt: _ended, error: _error, ...run } = existing(id);
    if (run.state !== 'failed' && run.state !== 'stopped')
      throw new MlopsError('conflict', `The run ${id} has not failed: it is ${run.state}.`);
    backend.calls.push(`retry ${id}`);
    backend.runs.set(id, run);
    backend.change(id, { state: 'running' });
  };
  backend.archiveRun = async (id, archived, signal) => {
    throwIfAborted(signal);
    const { archived: _before, ...run } = existing(id);
    backend.calls.push(`${archived ? 'archive' : 'unarchive'} ${id}`);
    backend.runs.set(id, run);
    backend.change(id, archived ? { archived } : {});
  };
  backend.pageOf = ({ kind, id }) => `https://cluster.example/#/${kind}/${id}`;
  return backend;
}
