import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareProfile } from './editorProfile.mjs';
import { ensureEditor } from './editorInstall.mjs';
import { endProcessGroup } from './runCommand.mjs';

const START_MS = 60_000;

/**
 * @typedef {object} EditorOptions
 * @property {string | undefined} [version] of code-server, see `EDITORS`; the newest when not given
 * @property {string | undefined} [extensionPath] the folder of an extension to have installed
 * @property {readonly string[]} [extraExtensions] the folders of others
 * @property {string} [folder] what the address opens
 * @property {string} [dataDir] kept when given, else made for this start and removed by `stop()`
 * @property {string} [extensionsDir] likewise
 * @property {Readonly<Record<string, unknown>>} [settings] the user's settings, written over what is in `dataDir`
 * @property {readonly unknown[]} [models] the user's own list of models (`chatLanguageModels.json`); brings Copilot
 *   Chat's providers for them
 * @property {number} [port] taken when it is free: what a browser keeps for this editor belongs to its port
 * @property {boolean} [trust] true leaves workspace trust on, so that folders open restricted
 * @property {boolean} [smokeTest] the page runs tests in the extension host; no toasts and dialogs then
 * @property {readonly string[]} [proposedApi] ids of extensions that may use proposed API
 * @property {Readonly<Record<string, string>>} [env] more environment
 * @property {readonly string[]} [args] more flags
 */

/**
 * A server that runs; `address` has the folder and the token in it.
 * @typedef {object} Editor
 * @property {string} url
 * @property {string} address
 * @property {number} port
 * @property {string} dataDir
 * @property {string} logFile
 * @property {Promise<unknown>} exited
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a real VS Code's server on a free loopback port. It ends with this process, however that ends. Who does not
 * bring its token gets nothing: every user of the machine reaches the port. The token goes through a file, since
 * everybody sees what a program is started with, too.
 * @param {EditorOptions} [options]
 * @returns {Promise<Editor>}
 */
export async function startEditor(options = {}) {
  const installed = await ensureEditor(options.version);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-editor-'));
  const dataDir = options.dataDir ?? path.join(scratch, 'data');
  const extensionsDir = options.extensionsDir ?? path.join(scratch, 'extensions');
  prepareProfile({ ...options, dataDir, extensionsDir });
  const token = randomBytes(18).toString('hex');
  const tokenFile = path.join(scratch, 'token');
  fs.writeFileSync(tokenFile, token, { mode: 0o600 });
  const logFile = path.join(scratch, 'server.log');
  const port = options.port && (await isFree(options.port)) ? options.port : 0;
  const child = spawnServer(
    installed,
    serverArguments({ ...options, dataDir, extensionsDir, scratch, tokenFile, port }),
    options.env,
    logFile,
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const removeScratch = () =>
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  const stop = () => stopServer(child, exited).then(removeScratch);
  try {
    const listening = await portOf(child, logFile);
    const url = `http://127.0.0.1:${listening}`;
    return {
      url,
      address: addressOf(url, token, options.folder),
      port: listening,
      dataDir,
      logFile,
      exited,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {EditorOptions & { readonly dataDir: string, readonly extensionsDir: string, readonly scratch: string,
 *   readonly tokenFile: string, readonly port: number }} options
 */
function serverArguments(options) {
  const {
    dataDir,
    extensionsDir,
    scratch,
    port,
    tokenFile,
    trust,
    smokeTest,
    models,
    proposedApi = [],
    args = [],
  } = options;
  const proposed = [...proposedApi, ...(models ? ['GitHub.copilot-chat'] : [])];
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--accept-server-license-terms'],
    ...[
      '--server-data-dir',
      path.join(scratch, 'server'),
      '--user-data-dir',
      dataDir,
      '--extensions-dir',
      extensionsDir,
    ],
    ...['--telemetry-level', 'off', '--disable-experiments'],
    ...['--connection-token-file', tokenFile],
    ...(trust ? [] : ['--disable-workspace-trust']),
    ...(smokeTest ? ['--enable-smoke-test-driver'] : []),
    ...proposed.flatMap((id) => ['--enable-proposed-api', id]),
    ...args,
  ];
}

function spawnServer({ node, folder }, args, env, logFile) {
  const whole = { EXTENSIONS_GALLERY: '{}', ...process.env, ...env, MLOPS_END_WITH_PARENT: '1' }; // {}: no marketplace look-ups
  for (const name of Object.keys(whole)) {
    if (/^(NODE_OPTIONS|ELECTRON_RUN_AS_NODE|VSCODE_(?!TEST_).*|npm_.*|MLOPS_NODE24_STARTED)$/.test(name))
      delete whole[name];
  }
  const preload = pathToFileURL(path.join(import.meta.dirname, 'endWithParent.mjs')).href;
  const log = fs.openSync(logFile, 'w');
  const child = spawn(node, ['--import', preload, 'out/server-main.js', ...args], {
    cwd: folder,
    env: whole,
    stdio: ['pipe', log, log],
    detached: true, // a group of its own: the server, the extension host and what they start
  });
  fs.closeSync(log);
  child.stdin?.on('error', () => {}); // it ended first
  return child;
}

/** @param {number} port */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** The server picks its port and says it in its log. */
async function portOf(child, logFile) {
  let failure;
  child.once('error', (error) => (failure = error));
  for (const deadline = Date.now() + START_MS; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const log = fs.readFileSync(logFile, 'utf8');
    const port = /agent listening on (\d+)/.exec(log)?.[1];
    if (port) return Number(port);
    if (failure || child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`The editor did not start. ${failure?.message ?? ''}\n${log.slice(-3000)}`);
    }
  }
}

async function stopServer(child, exited) {
  if (child.exitCode === null && child.signalCode === null) {
    endProcessGroup(child.pid, 'SIGTERM');
    const giveUp = setTimeout(() => endProcessGroup(child.pid, 'SIGKILL'), 3000);
    await exited;
    clearTimeout(giveUp);
  }
  endProcessGroup(child.pid, 'SIGKILL'); // whatever of the group outlived the server
}

/**
 * @param {string} url
 * @param {string} token
 * @param {string | undefined} folder
 */
function addressOf(url, token, folder) {
  const query = new URLSearchParams({ tkn: token });
  if (folder) query.set('folder', path.resolve(folder));
  return `${url}/?${query.toString()}`;
}
