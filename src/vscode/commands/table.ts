import type { Services } from '../services.ts';

/** What a command does with the arguments of whoever called it: a row, a link, a button, or nobody. */
export type Handler = (...args: unknown[]) => unknown;

/** Every command of the extension: the manifest titles them, their handlers are loaded when they are first called. */
export type CommandId =
  | 'mlops.ask'
  | 'mlops.askAboutRun'
  | 'mlops.compareRuns'
  | 'mlops.copyId'
  | 'mlops.deleteRun'
  | 'mlops.findInLog'
  | 'mlops.followLog'
  | 'mlops.goToFailingLine'
  | 'mlops.manageApprovals'
  | 'mlops.manageEnvironments'
  | 'mlops.newPipeline'
  | 'mlops.openFolder'
  | 'mlops.openLastRun'
  | 'mlops.openLog'
  | 'mlops.openObject'
  | 'mlops.openPipeline'
  | 'mlops.openRun'
  | 'mlops.openSample'
  | 'mlops.openWalkthrough'
  | 'mlops.pauseLog'
  | 'mlops.refresh'
  | 'mlops.resumeLog'
  | 'mlops.runAgain'
  | 'mlops.runAgainWith'
  | 'mlops.runPipeline'
  | 'mlops.runPipelineWith'
  | 'mlops.runWithoutCache'
  | 'mlops.searchLog'
  | 'mlops.showMore'
  | 'mlops.showRuns'
  | 'mlops.stopRun'
  | 'mlops.wholeLog';

export const commands: Readonly<Record<CommandId, (services: Services) => Promise<Handler>>> = {
  'mlops.ask': async () => (await import('./ask.ts')).ask,
  'mlops.askAboutRun': async (services) => (await import('./chat.ts')).askAboutRun(services),
  'mlops.compareRuns': async (services) => (await import('./comparison.ts')).compareRuns(services),
  'mlops.copyId': async () => (await import('./copyId.ts')).copyId,
  'mlops.deleteRun': async (services) => (await import('./deleteRun.ts')).deleteRun(services),
  'mlops.findInLog': async () => (await import('./findInLog.ts')).findInLog,
  'mlops.followLog': async (services) => (await import('./followLog.ts')).followLog(services),
  'mlops.goToFailingLine': async (services) => (await import('./failingLine.ts')).goToFailingLine(services),
  'mlops.manageApprovals': async (services) => (await import('./approvals.ts')).manageApprovals(services),
  'mlops.manageEnvironments': async (services) =>
    (await import('./environments.ts')).manageEnvironments(services),
  'mlops.newPipeline': async (services) => (await import('./pipelines.ts')).newPipeline(services),
  'mlops.openFolder': async (services) => (await import('./openFolder.ts')).openFolder(services),
  'mlops.openLastRun': async (services) => (await import('./openLastRun.ts')).openLastRun(services),
  'mlops.openLog': async (services) => (await import('./openLog.ts')).openLog(services),
  'mlops.openObject': async (services) => (await import('./objects.ts')).openObject(services),
  'mlops.openPipeline': async (services) => (await import('./openPipeline.ts')).openPipeline(services),
  'mlops.openRun': async (services) => (await import('./openRun.ts')).openRun(services),
  'mlops.openSample': async () => (await import('./firstSteps.ts')).openSample,
  'mlops.openWalkthrough': async () => (await import('./openWalkthrough.ts')).openWalkthrough,
  'mlops.pauseLog': async () => (await import('./pauseLog.ts')).pauseLog,
  'mlops.refresh': async () => (await import('./sidebar.ts')).refresh,
  'mlops.resumeLog': async () => (await import('./pauseLog.ts')).resumeLog,
  'mlops.runAgain': async (services) => (await import('./start.ts')).runAgain(services),
  'mlops.runAgainWith': async (services) => (await import('./start.ts')).runAgainWith(services),
  'mlops.runPipeline': async (services) => (await import('./runPipeline.ts')).runPipeline(services),
  'mlops.runPipelineWith': async (services) =>
    (await import('./runPipelineWith.ts')).runPipelineWith(services),
  'mlops.runWithoutCache': async (services) =>
    (await import('./runWithoutCache.ts')).runWithoutCache(services),
  'mlops.searchLog': async (services) => (await import('./logs.ts')).searchLog(services),
  'mlops.showMore': async () => (await import('./showMore.ts')).showMore,
  'mlops.showRuns': async (services) => (await import('./runs.ts')).showRuns(services),
  'mlops.stopRun': async (services) => (await import('./stopRun.ts')).stopRun(services),
  'mlops.wholeLog': async (services) => (await import('./wholeLog.ts')).wholeLog(services),
};
