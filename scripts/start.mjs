// npm start: this extension in a real editor, on a folder with the samples. Everything it needs it fetches itself.
//   --browser   the browser workbench even where a desktop editor is
//   --kubeflow  with a connection to a stand-in for a Kubeflow Pipelines server, with runs to look at, in a profile of its own
//   --s3        with a connection to an object store with samples, which needs Go; both may be given
//   MLOPS_START_FOLDER         where the workspace and the profile are kept (.cache/start)
//   MLOPS_START_BROWSER=none   prints the address and opens nothing
import fs from 'node:fs';
import path from 'node:path';
import { activeRuns } from './lib/activeRuns.mjs';
import { desktopVersion, openDesktop } from './lib/desktopEditor.mjs';
import { startEditor } from './lib/editor.mjs';
import { openAddress } from './lib/openAddress.mjs';
import { ensureBuilt } from './lib/ensureBuilt.mjs';
import { startDemos } from './lib/demos.mjs';
import { ensureDependencies, ensureNode24, root, workFolder } from './node24.mjs';

const startFolder = process.env.MLOPS_START_FOLDER ?? path.join(workFolder, 'start');
/** The extension shows the first steps, its view and the chat in the first window of a profile. */
const FIRST_WINDOW = { MLOPS_FIRST_WINDOW: '1' };
const TRY = '@mlops run the iris pipeline with max_depth 3';
const FLAGS = ['--browser', '--kubeflow', '--s3'];

await ensureNode24(import.meta.url);
await main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main(args) {
  const unknown = args.find((arg) => !FLAGS.includes(arg));
  if (unknown) throw new Error(`npm start knows ${FLAGS.join(', ')}, not ${unknown}.`);
  await ensureDependencies();
  await ensureBuilt();
  const workspace = sampleWorkspace();
  const version = args.includes('--browser') ? undefined : await desktopVersion();
  const demos = await startDemos({ kubeflow: args.includes('--kubeflow'), s3: args.includes('--s3') });
  if (version && (await openDesktop(workspace, desktopProfile(demos), FIRST_WINDOW))) {
    console.log(`VS Code ${version} opens ${workspace}.\nIn its chat, write: ${demos?.sentence ?? TRY}`);
    if (!demos) return;
    console.log(`${demos.where}\nCtrl+C stops it.`);
    await signal();
    await demos.stop();
    return;
  }
  await serve(workspace, demos);
}

/** The folder of the desktop editor's profile; one with servers has their connections in its settings. */
function desktopProfile(demos) {
  if (!demos) return path.join(startFolder, 'desktop');
  const profile = path.join(startFolder, `desktop-${demos.name}`);
  fs.mkdirSync(path.join(profile, 'User'), { recursive: true });
  fs.writeFileSync(path.join(profile, 'User', 'settings.json'), JSON.stringify(demos.settings, null, 2));
  return profile;
}

/** The samples in a folder of the person's own: made at the first start, and theirs from then on. */
function sampleWorkspace() {
  const workspace = path.join(startFolder, 'workspace');
  if (fs.existsSync(workspace)) return workspace;
  const unfinished = `${workspace}.part-${process.pid}`;
  fs.mkdirSync(unfinished, { recursive: true });
  fs.cpSync(path.join(root, 'resources', 'samples'), unfinished, { recursive: true });
  fs.renameSync(unfinished, workspace);
  return workspace;
}

async function serve(workspace, demos) {
  const profile = demos ? `-${demos.name}` : '';
  const portFile = path.join(startFolder, `port${profile}`);
  const editor = await startEditor({
    extensionPath: root,
    folder: workspace,
    dataDir: path.join(startFolder, `data${profile}`),
    extensionsDir: path.join(startFolder, 'extensions'),
    port: fs.existsSync(portFile) ? Number(fs.readFileSync(portFile, 'utf8')) : 0,
    trust: true,
    env: FIRST_WINDOW,
    settings: {
      ...demos?.settings,
      'security.workspace.trust.startupPrompt': 'always', // the sample runs after one click, not after a search for it
      'git.openRepositoryInParentFolders': 'never',
      'remote.autoForwardPorts': false, // the browser is on this machine: no offer to forward a port of a task or a report
    },
  });
  fs.writeFileSync(portFile, String(editor.port));
  console.log(
    `VS Code with MLOps Chat is at\n\n  ${editor.address}\n\nTrust the folder, then write in the chat: ${demos?.sentence ?? TRY}\nCtrl+C stops it.`,
  );
  const page = path.join(startFolder, 'open.html');
  openAddress(editor.address, page);
  const stopped = await Promise.race([signal(), editor.exited.then(() => 'exited')]);
  await editor.stop();
  await demos?.stop();
  fs.rmSync(page, { force: true });
  if (stopped === 'exited') throw new Error('The editor ended by itself.');
  console.log(farewell(activeRuns()));
}

function signal() {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => resolve(name));
  });
}

function farewell(runs) {
  if (runs.length === 0) return '\nStopped. No run is active.';
  const list = runs.map(({ id, state }) => `  ${id} (${state})`).join('\n');
  return `\nStopped the editor. These runs go on:\n${list}\nStart it again to watch or stop them.`;
}
