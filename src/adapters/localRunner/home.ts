import path from 'node:path';
import { activeMarkerName, runsFolder } from '../../core/domain/localHome.ts';
import { type ConnectionId, thisMachine } from '../../core/domain/connection.ts';

/** Paths in the home (docs/local-runner.md). */
export interface Home {
  /** The connection whose runs are in it. */
  readonly connection: ConnectionId;
  readonly root: string;
  /** True when others may read what is made here, as far as the umask allows. */
  readonly shared: boolean;
  /** Rights of the folders and files that are made here. */
  readonly folderMode: number;
  readonly fileMode: number;
  readonly runs: string;
  readonly environments: string;
  readonly objects: string;
  /** Idempotency keys of runs: one file for each key. */
  readonly keys: string;
  /** The highest number ever given to a run. */
  readonly lastNumber: string;
  run(number: number): string;
  /** One file for each run from its creation until its end was seen, so that one listing finds the active runs. */
  activeMarker(number: number): string;
}

/** The entries of a home; anything else in its folder does not belong to it. */
export const ownNames: readonly string[] = [
  runsFolder,
  'envs',
  'objects',
  'cache',
  'runner',
  'pycache',
  'notified',
  'watching',
];

interface HomeOptions {
  /** False when left out. */
  readonly shared?: boolean;
  /** The connection that the runs belong to; `thisMachine` when left out. */
  readonly connection?: ConnectionId;
}

/** The paths of a home; nothing is created. */
export function homeAt(root: string, { shared = false, connection = thisMachine }: HomeOptions = {}): Home {
  const runs = path.join(root, runsFolder);
  return {
    connection,
    root,
    shared,
    folderMode: shared ? 0o777 : 0o700,
    fileMode: shared ? 0o666 : 0o600,
    runs,
    environments: path.join(root, 'envs'),
    objects: path.join(root, 'objects'),
    keys: path.join(runs, '.keys'),
    lastNumber: path.join(runs, '.last'),
    run: (number) => path.join(runs, String(number)),
    activeMarker: (number) => path.join(runs, activeMarkerName(number)),
  };
}

/** The variables of the runner and its commands, with whether the home is shared. */
export function runnerEnvironment(home: Home, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, ...(home.shared ? { MLOPS_SHARED_HOME: '1' } : {}) };
}
