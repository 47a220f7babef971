import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { settings } from '../core/settings.ts';
import { settingValue, type SettingsWorkspace } from './settingValue.ts';
import { chosenPython, homeFolder, localSettings } from './settings.ts';

interface Values {
  readonly own?: Record<string, unknown>;
  readonly workspace?: Record<string, unknown>;
  readonly folders?: Readonly<Record<string, Record<string, unknown>>>;
}

/** A window of the editor with these settings. */
function windowWith(
  { own = {}, workspace = {}, folders = { '/ws': {} } }: Values,
  more: { readonly isTrusted?: boolean; readonly workspaceFile?: string } = {},
): SettingsWorkspace {
  return {
    isTrusted: more.isTrusted ?? true,
    workspaceFile: more.workspaceFile === undefined ? undefined : vscode.Uri.file(more.workspaceFile),
    workspaceFolders: Object.keys(folders).map((folder) => ({ uri: vscode.Uri.file(folder) })),
    getConfiguration: (_section, scope) => ({
      inspect: <T>(key: string) => ({
        key,
        globalValue: own[key] as T,
        workspaceValue: workspace[key] as T,
        workspaceFolderValue: (scope && folders[scope.fsPath]?.[key]) as T,
      }),
    }),
  };
}

afterEach(() => vi.unstubAllEnvs());

describe('the Python that a setting names', () => {
  const of = (python: unknown, more: Parameters<typeof windowWith>[1] = {}) =>
    chosenPython(windowWith({ workspace: { 'local.python': python } }, more));

  it.each([
    ['.venv/bin/python', '/ws/.venv/bin/python'],
    ['./python', '/ws/python'],
    ['../../x/tool', '/x/tool'],
    ['~/venv/bin/python', path.join(os.homedir(), 'venv/bin/python')],
    ['/usr/bin/python3', '/usr/bin/python3'],
    [' python3.11 ', 'python3.11'],
    ['', undefined],
    [7, undefined],
  ])('takes %s as %s', (set, python) => expect(of(set)).toBe(python));

  it.each(['.venv\\Scripts\\python.exe', 'C:python', '..'])('does not look %s up on the PATH', (set) => {
    expect(of(set)).toBe(path.resolve('/ws', set));
  });

  it('starts at the folder that the value comes from', () => {
    const python = { 'local.python': '.venv/bin/python' };
    const two = windowWith({ own: { 'local.python': 'python3.9' }, folders: { '/a': {}, '/b': python } });
    expect(chosenPython(two)).toBe('/b/.venv/bin/python');
    const file = windowWith({ workspace: python }, { workspaceFile: '/repo/all.code-workspace' });
    expect(chosenPython(file)).toBe('/repo/.venv/bin/python');
    expect(chosenPython(windowWith({ own: python }))).toBe('/ws/.venv/bin/python');
    expect(chosenPython(windowWith({ own: python, folders: {} }))).toBeUndefined();
  });

  it('is also used for the environment of runs, where "managed" is a keyword', () => {
    const environment = (set: unknown) =>
      localSettings(windowWith({ workspace: { 'local.environment': set } })).environment;
    expect(environment('.venv/bin/python')).toBe('/ws/.venv/bin/python');
    expect(environment('managed')).toBe('managed');
    expect(environment('')).toBe('managed');
  });
});

describe('settings in Restricted Mode', () => {
  const restricted = { isTrusted: false };

  it.each(settings.filter(({ needsTrust }) => needsTrust))(
    'ignore the workspace’s value of $key',
    ({ key }) => {
      const name = key.replace(/^mlops\./, '');
      const hostile = { [name]: 'hostile' };
      const values = { workspace: hostile, folders: { '/ws': hostile } };
      expect(settingValue(name, windowWith(values))?.value).toBe('hostile');
      expect(settingValue(name, windowWith(values, restricted))).toBeUndefined();
      const own = windowWith({ ...values, own: { [name]: 'own' } }, restricted);
      expect(settingValue(name, own)?.value).toBe('own');
    },
  );

  it('use the person’s own values, but resolve no relative path', () => {
    const own = (python: string) => windowWith({ own: { 'local.python': python } }, restricted);
    expect(chosenPython(own('/usr/bin/python3'))).toBe('/usr/bin/python3');
    expect(chosenPython(own('.venv/bin/python'))).toBeUndefined();
    const environment = windowWith({ own: { 'local.environment': './python' } }, restricted);
    expect(localSettings(environment).environment).toBe('managed');
  });

  it('still use the workspace’s number of parallel tasks', () => {
    const values = { workspace: { 'local.parallelTasks': 3, 'local.passEnvironment': ['TOKEN'] } };
    expect(localSettings(windowWith(values, restricted))).toMatchObject({
      parallelism: 3,
      passEnvironment: [],
    });
    expect(localSettings(windowWith(values))).toMatchObject({ parallelism: 3, passEnvironment: ['TOKEN'] });
  });
});

it.each([
  ['home', { own: { 'local.home': 'mlops' } }, ''],
  ['MLOPS_HOME', {}, 'mlops'],
])('a relative %s starts at the person’s own folder', (_, values, variable) => {
  vi.stubEnv('MLOPS_HOME', variable);
  expect(homeFolder(windowWith(values))).toBe(path.join(os.homedir(), 'mlops'));
});
