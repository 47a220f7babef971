import type { Experiments } from '../ports/experiments.ts';
import { overriding } from '../ports/overriding.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import type { PipelineLibrary } from '../ports/pipelineLibrary.ts';
import { overridingSchedules, type Schedules } from '../ports/schedules.ts';
import { checkWritable } from '../tools/policy.ts';

type MethodsOf<T> = {
  [K in keyof T]-?: NonNullable<T[K]> extends (...args: never[]) => unknown ? K : never;
}[keyof T];
type Method = MethodsOf<PipelineBackend>;

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
  readEvidence: 'read',
  importedFiles: 'read',
  runFolder: 'read',
  stopRun: 'write',
  deleteRun: 'write',
  retryRun: 'write',
  archiveRun: 'write',
  pageOf: 'read',
  watch: 'read',
} as const satisfies { readonly [M in Method]: 'read' | 'write' };

type Writing = { [M in Method]: (typeof effects)[M] extends 'write' ? M : never }[Method];

type Guard = <T>(write: () => Promise<T>) => Promise<T>;

/**
 * The same backend, which changes nothing where the connection is read-only or its namespace is protected, whoever calls: a tool, a
 * command, a row or a panel. Throws MlopsError `forbidden`.
 */
export function guardedBackend(backend: PipelineBackend): PipelineBackend {
  const guard: Guard = async (write) => {
    checkWritable(backend.connection);
    return write();
  };
  const { library, experiments, schedules } = backend;
  const retryRun = backend.retryRun?.bind(backend);
  const archiveRun = backend.archiveRun?.bind(backend);
  const writes: { readonly [M in Writing]: PipelineBackend[M] | undefined } = {
    createRun: (request, signal) => guard(() => backend.createRun(request, signal)),
    stopRun: (id, signal) => guard(() => backend.stopRun(id, signal)),
    deleteRun: (id, signal) => guard(() => backend.deleteRun(id, signal)),
    retryRun: retryRun && ((id, signal) => guard(() => retryRun(id, signal))),
    archiveRun: archiveRun && ((id, archived, signal) => guard(() => archiveRun(id, archived, signal))),
  };
  return overriding(backend, {
    ...withoutAbsent(writes),
    ...(library && { library: guardedLibrary(library, guard) }),
    ...(experiments && { experiments: guardedExperiments(experiments, guard) }),
    ...(schedules && { schedules: guardedSchedules(schedules, guard) }),
  });
}

/** The members that are there; a backend lacks those that it cannot do. */
function withoutAbsent(members: {
  readonly [M in Writing]: PipelineBackend[M] | undefined;
}): Partial<PipelineBackend> {
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined));
}

function guardedLibrary(library: PipelineLibrary, guard: Guard): PipelineLibrary {
  return {
    named: (name, signal) => library.named(name, signal),
    versions: (pipeline, query, signal) => library.versions(pipeline, query, signal),
    upload: (request, signal) => guard(() => library.upload(request, signal)),
    delete: (id, signal) => guard(() => library.delete(id, signal)),
  };
}

function guardedExperiments(experiments: Experiments, guard: Guard): Experiments {
  return {
    list: (query, signal) => experiments.list(query, signal),
    get: (id, signal) => experiments.get(id, signal),
    create: (name, signal) => guard(() => experiments.create(name, signal)),
    archive: (id, archived, signal) => guard(() => experiments.archive(id, archived, signal)),
    delete: (id, signal) => guard(() => experiments.delete(id, signal)),
  };
}

function guardedSchedules(schedules: Schedules, guard: Guard): Schedules {
  return overridingSchedules(schedules, {
    create: (request, signal) => guard(() => schedules.create(request, signal)),
    enable: (id, enabled, signal) => guard(() => schedules.enable(id, enabled, signal)),
    delete: (id, signal) => guard(() => schedules.delete(id, signal)),
  });
}
