import fs from 'node:fs';
import path from 'node:path';
import { mlopsHome } from './mlopsHome.mjs';

const ACTIVE = new Set(['preparing', 'running', 'stopping']);

/** The runs of this machine that have not ended, as `[{id, state}]`, read from their `run.json`. */
export function activeRuns(home = mlopsHome()) {
  const runs = path.join(home, 'runs');
  const folders = fs.existsSync(runs) ? fs.readdirSync(runs) : [];
  return folders
    .map((folder) => readRun(path.join(runs, folder, 'run.json')))
    .filter((run) => run && ACTIVE.has(run.state))
    .map(({ id, state }) => ({ id, state }));
}

function readRun(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined; // a folder that is not a run, or one being made
  }
}
