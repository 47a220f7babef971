import type { Services } from '../services.ts';
import type { CommandId, Handler } from './command.ts';

/** The handler of each command, which is loaded when the command is first called. */
export const commands: Readonly<Record<CommandId, (services: Services) => Promise<Handler>>> = {
  'mlops.ask': async () => (await import('./chat.ts')).openChat,
  'mlops.askAboutRun': async (services) => (await import('./chat.ts')).askAboutRun(services),
  'mlops.compareRuns': async (services) => (await import('./comparison.ts')).compareRuns(services),
  'mlops.copyId': async () => (await import('./sidebar.ts')).copyId,
  'mlops.deleteRun': async (services) => (await import('./runs.ts')).deleteRun(services),
  'mlops.findInLog': async () => (await import('./logs.ts')).findInLog,
  'mlops.followLog': async (services) => (await import('./logs.ts')).followLog(services),
  'mlops.goToFailingLine': async (services) => (await import('./failingLine.ts')).goToFailingLine(services),
  'mlops.manageApprovals': async (services) => (await import('./approvals.ts')).manageApprovals(services),
  'mlops.manageEnvironments': async (services) =>
    (await import('./environments.ts')).manageEnvironments(services),
  'mlops.newPipeline': async (services) => (await import('./pipelines.ts')).newPipeline(services),
  'mlops.openFolder': async (services) => (await import('./runs.ts')).openFolder(services),
  'mlops.openLastRun': async (services) => (await import('./runs.ts')).openLastRun(services),
  'mlops.openLog': async (services) => (await import('./logs.ts')).openLog(services),
  'mlops.openObject': async (services) => (await import('./objects.ts')).openObject(services),
  'mlops.openPipeline': async (services) => (await import('./pipelines.ts')).openPipeline(services),
  'mlops.openRun': async (services) => (await import('./runs.ts')).openRun(services),
  'mlops.openSample': async () => (await import('./firstSteps.ts')).openSample,
  'mlops.openWalkthrough': async () => (await import('./firstSteps.ts')).openWalkthrough,
  'mlops.pauseLog': async (services) => (await import('./logs.ts')).pauseLog(services),
  'mlops.refresh': async (services) => (await import('./sidebar.ts')).refresh(services),
  'mlops.resumeLog': async (services) => (await import('./logs.ts')).resumeLog(services),
  'mlops.runAgain': async (services) => (await import('./start.ts')).runAgain(services),
  'mlops.runAgainWith': async (services) => (await import('./start.ts')).runAgainWith(services),
  'mlops.runPipeline': async (services) => (await import('./start.ts')).runPipeline(services),
  'mlops.runPipelineWith': async (services) => (await import('./start.ts')).runPipelineWith(services),
  'mlops.runWithoutCache': async (services) => (await import('./start.ts')).runWithoutCache(services),
  'mlops.searchLog': async (services) => (await import('./logs.ts')).searchLog(services),
  'mlops.showMore': async (services) => (await import('./sidebar.ts')).showMore(services),
  'mlops.showRuns': async (services) => (await import('./runs.ts')).showRuns(services),
  'mlops.stopRun': async (services) => (await import('./runs.ts')).stopRun(services),
  'mlops.wholeLog': async (services) => (await import('./logs.ts')).wholeLog(services),
};
