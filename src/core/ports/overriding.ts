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

type Method =
  | 'readSource'
  | 'readEvidence'
  | 'importedFiles'
  | 'runFolder'
  | 'retryRun'
  | 'archiveRun'
  | 'pageOf';
type Part =
  | 'gaps'
  | 'library'
  | 'experiments'
  | 'schedules'
  | 'compiler'
  | 'approvals'
  | 'environments'
  | 'space';

/** The optional members of a backend. */
function optionalOf(backend: PipelineBackend): Pick<PipelineBackend, Method | Part> {
  return { ...methodsOf(backend), ...partsOf(backend) };
}

function methodsOf(backend: PipelineBackend): Pick<PipelineBackend, Method> {
  return {
    ...(backend.readSource && { readSource: backend.readSource.bind(backend) }),
    ...(backend.readEvidence && { readEvidence: backend.readEvidence.bind(backend) }),
    ...(backend.importedFiles && { importedFiles: backend.importedFiles.bind(backend) }),
    ...(backend.runFolder && { runFolder: backend.runFolder.bind(backend) }),
    ...(backend.retryRun && { retryRun: backend.retryRun.bind(backend) }),
    ...(backend.archiveRun && { archiveRun: backend.archiveRun.bind(backend) }),
    ...(backend.pageOf && { pageOf: backend.pageOf.bind(backend) }),
  };
}

function partsOf(backend: PipelineBackend): Pick<PipelineBackend, Part> {
  const { gaps, library, experiments, schedules, compiler, approvals, environments, space } = backend;
  return {
    ...(gaps && { gaps }),
    ...(library && { library }),
    ...(experiments && { experiments }),
    ...(schedules && { schedules }),
    ...(compiler && { compiler }),
    ...(approvals && { approvals }),
    ...(environments && { environments }),
    ...(space && { space }),
  };
}
