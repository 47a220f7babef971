import fs from 'node:fs';
import path from 'node:path';

/** A quiet editor: nothing that opens by itself, nothing that asks the network. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  // Else it tells of every program on the machine that begins to listen.
  'remote.autoForwardPorts': false,
};

/**
 * Writes the user's settings and list of models into `dataDir` and makes `extensionsDir` hold exactly the given
 * extensions, as links. Settings that are there and not given are left as they are. Those that belong to a machine
 * count for a server's editor only where the machine's are.
 * @param {Pick<import('./editor.mjs').EditorOptions, 'settings' | 'models' | 'extensionPath' | 'extraExtensions'> & {
 *   readonly dataDir: string, readonly extensionsDir: string }} profile
 */
export function prepareProfile({
  dataDir,
  extensionsDir,
  settings = {},
  models,
  extensionPath,
  extraExtensions = [],
}) {
  const user = path.join(dataDir, 'User');
  fs.mkdirSync(user, { recursive: true });
  const settingsFile = path.join(user, 'settings.json');
  const before = readSettings(settingsFile);
  if (before) writeJson(settingsFile, { ...QUIET_SETTINGS, ...before, ...settings });
  const ofMachine = machineSettings(settings, extensionPath);
  if (Object.keys(ofMachine).length > 0) {
    fs.mkdirSync(path.join(dataDir, 'Machine'), { recursive: true });
    writeJson(path.join(dataDir, 'Machine', 'settings.json'), ofMachine);
  }
  if (models) writeJson(path.join(user, 'chatLanguageModels.json'), models);
  linkExtensions(extensionsDir, extensionPath ? [extensionPath, ...extraExtensions] : extraExtensions);
}

/**
 * Those of the settings that the extension declares as the machine's.
 * @param {Readonly<Record<string, unknown>>} settings
 * @param {string | undefined} extensionPath
 */
function machineSettings(settings, extensionPath) {
  if (!extensionPath) return {};
  const { contributes } = JSON.parse(fs.readFileSync(path.join(extensionPath, 'package.json'), 'utf8'));
  const declared = contributes?.configuration?.properties ?? {};
  /** @param {string} name */
  const isOfMachine = (name) => declared[name]?.scope?.startsWith('machine');
  return Object.fromEntries(Object.entries(settings).filter(([name]) => isOfMachine(name)));
}

/** Nothing when the file is there and is not plain JSON: a person's comments are not ours to lose. */
function readSettings(file) {
  if (!fs.existsSync(file)) return {};
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * The editor takes up folders of this directory only when it has no list of its own yet, so the list goes first.
 * @param {string} extensionsDir
 * @param {readonly string[]} folders
 */
function linkExtensions(extensionsDir, folders) {
  fs.mkdirSync(extensionsDir, { recursive: true });
  fs.rmSync(path.join(extensionsDir, 'extensions.json'), { force: true });
  for (const entry of fs.readdirSync(extensionsDir, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) fs.rmSync(path.join(extensionsDir, entry.name));
  }
  for (const folder of folders) {
    const { publisher, name, version } = JSON.parse(
      fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
    );
    fs.symlinkSync(
      path.resolve(folder),
      path.join(extensionsDir, `${publisher}.${name}-${version}`),
      'junction',
    );
  }
}

function writeJson(file, value) {
  fs.writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
