import type { PipelineId } from '../domain/pipeline.ts';
import { toMlopsError } from '../ports/mlopsError.ts';
import { overriding } from '../ports/overriding.ts';
import type { BackendChange, PipelineBackend } from '../ports/pipelineBackend.ts';

/** The same backend, which reports each attempt to read a pipeline in full, since that compiles Python. */
export function reportCompiling(backend: PipelineBackend): PipelineBackend {
  const listeners = new Set<(change: BackendChange) => void>();
  const tell = (change: BackendChange) => listeners.forEach((listener) => listener(change));
  const reported = async <T>(pipeline: PipelineId, work: Promise<T>): Promise<T> => {
    try {
      const result = await work;
      tell({ kind: 'compiled', pipeline });
      return result;
    } catch (thrown) {
      const error = toMlopsError(thrown);
      if (error.kind !== 'cancelled') tell({ kind: 'compiled', pipeline, error });
      throw thrown;
    }
  };
  return overriding(backend, {
    getPipeline: (id, signal) => reported(id, backend.getPipeline(id, signal)),
    prepareRun: (request, signal) => reported(request.pipeline, backend.prepareRun(request, signal)),
    createRun: (request, signal) => reported(request.pipeline, backend.createRun(request, signal)),
    watch: (listener) => {
      const stop = backend.watch(listener);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
  });
}
