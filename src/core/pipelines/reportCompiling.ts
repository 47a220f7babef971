import type { PipelineId } from '../domain/pipeline.ts';
import { type MlopsError, toMlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';

/** How reading a pipeline went; what was cancelled is not told. */
export interface CompileReport {
  readonly pipeline: PipelineId;
  /** Why it could not be read, or undefined when it could: also as an outline, when the file is not what it was. */
  readonly error?: MlopsError;
}

/** The same backend, which tells `report` of every attempt to read a pipeline in full: that compiles Python. */
export function reportCompiling(
  backend: PipelineBackend,
  report: (report: CompileReport) => void,
): PipelineBackend {
  const told = async <T>(pipeline: PipelineId, work: Promise<T>): Promise<T> => {
    try {
      const result = await work;
      report({ pipeline });
      return result;
    } catch (error) {
      const failure = toMlopsError(error);
      if (failure.kind !== 'cancelled') report({ pipeline, error: failure });
      throw error;
    }
  };
  const reading: Partial<PipelineBackend> = {
    getPipeline: (id, signal) => told(id, backend.getPipeline(id, signal)),
    prepareRun: (request, signal) => told(request.pipeline, backend.prepareRun(request, signal)),
    createRun: (request, signal) => told(request.pipeline, backend.createRun(request, signal)),
  };
  return new Proxy(backend, {
    get(target, key) {
      const own: unknown = Reflect.get(reading, key) ?? Reflect.get(target, key, target);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}
