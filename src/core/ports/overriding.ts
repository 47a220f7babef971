import type { PipelineBackend } from './pipelineBackend.ts';

/** The same backend with some members of its own. Each method is still called on the backend, which may be of any class. */
export function overriding(backend: PipelineBackend, own: Partial<PipelineBackend>): PipelineBackend {
  return {
    connection: backend.connection,
    listPipelines: (query, signal) => backend.listPipelines(query, signal),
    getPipeline: (id, signal) => backend.getPipeline(id, signal),
    judge: (specification, signal) => backend.judge(specification, signal),
    prepareRun: (request, signal) => backend.prepareRun(request, signal),
    createRun: (request, signal) => backend.createRun(request, signal),
    listRuns: (query, signal) => backend.listRuns(query, signal),
    getRun: (id, signal) => backend.getRun(id, signal),
    taskGraph: (id, signal) => backend.taskGraph(id, signal),
    findRuns: (text, signal) => backend.findRuns(text, signal),
    readLog: (id, task, range, signal) => backend.readLog(id, task, range, signal),
    stopRun: (id, signal) => backend.stopRun(id, signal),
    deleteRun: (id, signal) => backend.deleteRun(id, signal),
    watch: (listener) => backend.watch(listener),
    ...optionalOf(backend),
    ...own,
  };
}

type Optional =
  | 'gaps'
  | 'readSource'
  | 'importedFiles'
  | 'runFolder'
  | 'compiler'
  | 'approvals'
  | 'environments'
  | 'space';

/** The optional members of a backend. */
function optionalOf(backend: PipelineBackend): Pick<PipelineBackend, Optional> {
  const { gaps, compiler, approvals, environments, space } = backend;
  const readSource = backend.readSource?.bind(backend);
  const importedFiles = backend.importedFiles?.bind(backend);
  const runFolder = backend.runFolder?.bind(backend);
  return {
    ...(gaps && { gaps }),
    ...(readSource && { readSource }),
    ...(importedFiles && { importedFiles }),
    ...(runFolder && { runFolder }),
    ...(compiler && { compiler }),
    ...(approvals && { approvals }),
    ...(environments && { environments }),
    ...(space && { space }),
  };
}
