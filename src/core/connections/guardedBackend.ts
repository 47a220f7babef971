import { overriding } from '../ports/overriding.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { checkWritable } from '../tools/policy.ts';

type Method = {
  [K in keyof PipelineBackend]-?: NonNullable<PipelineBackend[K]> extends (...args: never[]) => unknown
    ? K
    : never;
}[keyof PipelineBackend];

/** What each method of a backend does; the types require every method to stand here. */
const effects = {
  listPipelines: 'read',
  getPipeline: 'read',
  judge: 'read',
  prepareRun: 'read',
  createRun: 'write',
  listRuns: 'read',
  getRun: 'read',
  taskGraph: 'read',
  findRuns: 'read',
  readLog: 'read',
  readSource: 'read',
  importedFiles: 'read',
  runFolder: 'read',
  stopRun: 'write',
  deleteRun: 'write',
  watch: 'read',
} as const satisfies { readonly [M in Method]: 'read' | 'write' };

type Writing = { [M in Method]: (typeof effects)[M] extends 'write' ? M : never }[Method];

/**
 * The same backend, which changes nothing where the connection is read-only or its namespace is protected, whoever calls: a tool, a
 * command, a row or a panel. Throws MlopsError `forbidden`.
 */
export function guardedBackend(backend: PipelineBackend): PipelineBackend {
  const guarded = async <T>(write: () => Promise<T>): Promise<T> => {
    checkWritable(backend.connection);
    return write();
  };
  const writes: { readonly [M in Writing]: PipelineBackend[M] } = {
    createRun: (request, signal) => guarded(() => backend.createRun(request, signal)),
    stopRun: (id, signal) => guarded(() => backend.stopRun(id, signal)),
    deleteRun: (id, signal) => guarded(() => backend.deleteRun(id, signal)),
  };
  return overriding(backend, writes);
}
