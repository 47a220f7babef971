import type { Services } from '../services.ts';
import type { CommandId, Handler } from './command.ts';

/** Files of several commands, each loaded at the first of them. */
const chat = () => import('./chat.ts');
const connections = () => import('./connections.ts');
const experiments = () => import('./experiments.ts');
const firstSteps = () => import('./firstSteps.ts');
const kept = () => import('./kept.ts');
const logs = () => import('./logs.ts');
const objectFilter = () => import('./objectFilter.ts');
const pipelines = () => import('./pipelines.ts');
const runs = () => import('./runs.ts');
const schedules = () => import('./schedules.ts');
const sidebar = () => import('./sidebar.ts');
const signIn = () => import('./signIn.ts');
const start = () => import('./start.ts');

/** The handler of each command, which is loaded when the command is first called. */
export const commands: Readonly<Record<CommandId, (services: Services) => Promise<Handler>>> = {
  'mlops.addConnection': async (services) => (await import('./addConnection.ts')).addConnection(services),
  'mlops.addObjectStore': async (services) => (await import('./addObjectStore.ts')).addObjectStore(services),
  'mlops.allowConnection': async (services) => (await connections()).allowConnection(services),
  'mlops.archiveExperiment': async (services) => (await experiments()).archiveExperiment(services, true),
  'mlops.archiveRun': async (services) => (await kept()).archiveRun(services, true),
  'mlops.ask': async () => (await chat()).openChat,
  'mlops.askAboutRun': async (services) => (await chat()).askAboutRun(services),
  'mlops.checkConnection': async (services) => (await connections()).checkConnection(services),
  'mlops.clearFilter': async (services) => (await objectFilter()).clearFilter(services),
  'mlops.compareRuns': async (services) => (await import('./comparison.ts')).compareRuns(services),
  'mlops.copyId': async () => (await sidebar()).copyId,
  'mlops.deleteExperiment': async (services) => (await experiments()).deleteExperiment(services),
  'mlops.deletePipeline': async (services) => (await kept()).deletePipeline(services),
  'mlops.deleteRun': async (services) => (await runs()).deleteRun(services),
  'mlops.deleteSchedule': async (services) => (await schedules()).deleteSchedule(services),
  'mlops.deleteVersion': async (services) => (await kept()).deletePipeline(services),
  'mlops.enableSchedule': async (services) => (await schedules()).switchSchedule(services, true),
  'mlops.filterObjects': async (services) => (await objectFilter()).filterObjects(services),
  'mlops.findInLog': async () => (await logs()).findInLog,
  'mlops.followLog': async (services) => (await logs()).followLog(services),
  'mlops.goToFailingLine': async (services) => (await import('./failingLine.ts')).goToFailingLine(services),
  'mlops.manageApprovals': async (services) => (await import('./approvals.ts')).manageApprovals(services),
  'mlops.manageEnvironments': async (services) =>
    (await import('./environments.ts')).manageEnvironments(services),
  'mlops.newPipeline': async (services) => (await pipelines()).newPipeline(services),
  'mlops.openFolder': async (services) => (await runs()).openFolder(services),
  'mlops.openLastRun': async (services) => (await runs()).openLastRun(services),
  'mlops.openLog': async (services) => (await logs()).openLog(services),
  'mlops.openObject': async (services) => (await import('./objects.ts')).openObject(services),
  'mlops.openPage': async (services) => (await kept()).openPage(services),
  'mlops.openPipeline': async (services) => (await pipelines()).openPipeline(services),
  'mlops.openRun': async (services) => (await runs()).openRun(services),
  'mlops.openSample': async () => (await firstSteps()).openSample,
  'mlops.openWalkthrough': async () => (await firstSteps()).openWalkthrough,
  'mlops.pauseLog': async (services) => (await logs()).pauseLog(services),
  'mlops.previewObject': async (services) => (await import('./previews.ts')).previewObjectRow(services),
  'mlops.refresh': async (services) => (await sidebar()).refresh(services),
  'mlops.removeConnection': async (services) => (await connections()).removeConnection(services),
  'mlops.renameConnection': async (services) => (await connections()).renameConnection(services),
  'mlops.resumeLog': async (services) => (await logs()).resumeLog(services),
  'mlops.retryRun': async (services) => (await kept()).retryRun(services),
  'mlops.runAgain': async (services) => (await start()).runAgain(services),
  'mlops.runAgainWith': async (services) => (await start()).runAgainWith(services),
  'mlops.runPipeline': async (services) => (await start()).runPipeline(services),
  'mlops.runPipelineWith': async (services) => (await start()).runPipelineWith(services),
  'mlops.runWithoutCache': async (services) => (await start()).runWithoutCache(services),
  'mlops.searchLog': async (services) => (await logs()).searchLog(services),
  'mlops.showMore': async (services) => (await sidebar()).showMore(services),
  'mlops.showRuns': async (services) => (await runs()).showRuns(services),
  'mlops.signIn': async (services) => (await signIn()).signIn(services),
  'mlops.signOut': async (services) => (await signIn()).signOut(services),
  'mlops.stopRun': async (services) => (await runs()).stopRun(services),
  'mlops.stopSchedule': async (services) => (await schedules()).switchSchedule(services, false),
  'mlops.unarchiveExperiment': async (services) => (await experiments()).archiveExperiment(services, false),
  'mlops.unarchiveRun': async (services) => (await kept()).archiveRun(services, false),
  'mlops.uploadPipeline': async (services) => (await kept()).uploadPipeline(services),
  'mlops.wholeLog': async (services) => (await logs()).wholeLog(services),
};
