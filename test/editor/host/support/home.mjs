// Gives the tests a home of their own by the setting, as people do; import it where runs are made or read.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { testEnvironments } from '../../../../scripts/lib/cache.mjs';

export const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-host-home-'));

before('the setting mlops.local.home', async () => {
  const settings = vscode.workspace.getConfiguration('mlops');
  await settings.update('local.home', home, vscode.ConfigurationTarget.Global);
});

after('the home goes', () => fs.rmSync(home, { recursive: true, force: true }));

/** Environments are kept between test runs: making one takes seconds, and they never change. */
export function keepEnvironments() {
  fs.mkdirSync(testEnvironments, { recursive: true });
  if (!fs.existsSync(path.join(home, 'envs'))) fs.symlinkSync(testEnvironments, path.join(home, 'envs'));
}

/** The record of a run that ended, in the home as the runner leaves it. */
export function putEndedRun({ number, pipeline }) {
  const folder = path.join(home, 'runs', String(number));
  fs.mkdirSync(folder, { recursive: true });
  const id = `${pipeline}-${number}`;
  const record = {
    schema: 1,
    seq: 1,
    id,
    number,
    name: id,
    pipeline: { id: pipeline, name: pipeline },
    createdAt: 1_700_000_000_000,
    arguments: {},
    state: 'succeeded',
    startedAt: 1_700_000_000_000,
    endedAt: 1_700_000_002_000,
    tasks: [],
  };
  fs.writeFileSync(path.join(folder, 'run.json'), JSON.stringify(record));
  return id;
}

/** Numbers of the runs that have a folder. */
export function runFolders() {
  const runs = path.join(home, 'runs');
  return fs.existsSync(runs) ? fs.readdirSync(runs).filter((name) => /^\d+$/.test(name)) : [];
}
