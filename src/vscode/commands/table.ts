import type { Services } from '../services.ts';
import type { CommandId, Handler } from './command.ts';

/** Files of several commands, each loaded at the first of them. */
const buckets = () => import('./buckets.ts');
const chat = () => import('./chat.ts');
const connections = () => import('./connections.ts');
const experiments = () => import('./experiments.ts');
const firstSteps = () => import('./firstSteps.ts');
const guides = () => import('./guides.ts');
const kept = () => import('./kept.ts');
const logs = () => import('./logs.ts');
const objectDetails = () => import('./objectDetails.ts');
const objectFilter = () => import('./objectFilter.ts');
const objectPlaces = () => import('./objectPlaces.ts');
const objectTransfers = () => import('./objectTransfers.ts');
const objectVersions = () => import('./objectVersions.ts');
const pipelines = () => import('./pipelines.ts');
const runs = () => import('./runs.ts');
const schedules = () => import('./schedules.ts');
const sidebar = () => import('./sidebar.ts');
const signIn = () => import('./signIn.ts');
const start = () => import('./start.ts');

type Load = (services: Services) => Promise<Handler>;

/** The rows of commands whose handlers have their names in a file. */
function rowsOf<Name extends string>(
  load: () => Promise<{ readonly [name in NoInfer<Name>]: (services: Services) => Handler }>,
  ...names: readonly Name[]
): { readonly [id in `mlops.${Name}`]: Load } {
  const row = (name: Name): [string, Load] => [
    `mlops.${name}`,
    async (services) => {
      const { [name]: handler } = await load();
      return handler(services);
    },
  ];
  return Object.fromEntries(names.map(row)) as { readonly [id in `mlops.${Name}`]: Load };
}

/** The handler of each command, which is loaded when the command is first called. */
export const commands: Readonly<Record<CommandId, Load>> = {
  ...rowsOf(buckets, 'createBucket', 'deleteBucket', 'deleteObjects'),
  ...rowsOf(chat, 'askAboutRun'),
  ...rowsOf(connections, 'allowConnection', 'checkConnection', 'removeConnection', 'renameConnection'),
  ...rowsOf(experiments, 'deleteExperiment'),
  ...rowsOf(guides, 'openGuide'),
  ...rowsOf(kept, 'deletePipeline', 'openPage', 'retryRun', 'uploadPipeline'),
  ...rowsOf(logs, 'followLog', 'openLog', 'pauseLog', 'resumeLog', 'searchLog', 'wholeLog'),
  ...rowsOf(objectDetails, 'askWhatMadeObject', 'editTags', 'showDetails'),
  ...rowsOf(objectFilter, 'clearFilter', 'filterObjects'),
  ...rowsOf(
    objectPlaces,
    'copyLink',
    'copyObject',
    'copyObjectKey',
    'copyObjectUri',
    'copyObjectUrl',
    'moveObject',
    'renameObject',
  ),
  ...rowsOf(objectTransfers, 'downloadObjects', 'uploadFiles', 'uploadFolder'),
  ...rowsOf(objectVersions, 'showUploads', 'showVersions'),
  ...rowsOf(pipelines, 'newPipeline', 'openPipeline'),
  ...rowsOf(runs, 'deleteRun', 'openFolder', 'openLastRun', 'openRun', 'showRuns', 'stopRun'),
  ...rowsOf(schedules, 'deleteSchedule'),
  ...rowsOf(sidebar, 'refresh', 'showMore'),
  ...rowsOf(signIn, 'signIn', 'signOut'),
  ...rowsOf(start, 'runAgain', 'runAgainWith', 'runPipeline', 'runPipelineWith', 'runWithoutCache'),
  'mlops.addConnection': async (services) => (await import('./addConnection.ts')).addConnection(services),
  'mlops.addObjectStore': async (services) => (await import('./addObjectStore.ts')).addObjectStore(services),
  'mlops.archiveExperiment': async (services) => (await experiments()).archiveExperiment(services, true),
  'mlops.archiveRun': async (services) => (await kept()).archiveRun(services, true),
  'mlops.ask': async () => (await chat()).openChat,
  'mlops.compareRuns': async (services) => (await import('./comparison.ts')).compareRuns(services),
  'mlops.copyId': async () => (await sidebar()).copyId,
  'mlops.deleteVersion': async (services) => (await kept()).deletePipeline(services),
  'mlops.enableSchedule': async (services) => (await schedules()).switchSchedule(services, true),
  'mlops.findInLog': async () => (await logs()).findInLog,
  'mlops.goToFailingLine': async (services) => (await import('./failingLine.ts')).goToFailingLine(services),
  'mlops.manageApprovals': async (services) => (await import('./approvals.ts')).manageApprovals(services),
  'mlops.manageEnvironments': async (services) =>
    (await import('./environments.ts')).manageEnvironments(services),
  'mlops.openObject': async (services) => (await import('./objects.ts')).openObject(services),
  'mlops.openSample': async () => (await firstSteps()).openSample,
  'mlops.openWalkthrough': async () => (await firstSteps()).openWalkthrough,
  'mlops.previewObject': async (services) => (await import('./previews.ts')).previewObjectRow(services),
  'mlops.stopSchedule': async (services) => (await schedules()).switchSchedule(services, false),
  'mlops.unarchiveExperiment': async (services) => (await experiments()).archiveExperiment(services, false),
  'mlops.unarchiveRun': async (services) => (await kept()).archiveRun(services, false),
};
