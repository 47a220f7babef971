import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import type { ConnectionId } from '../../../core/domain/connection.ts';
import { numberInId } from '../../../core/domain/localHome.ts';
import type { RunId } from '../../../core/domain/run.ts';
import type { EndClaim } from '../../../core/ports/endClaim.ts';
import type { Home } from '../home.ts';

/** Claims a run's end by creating `notified` in its folder, which succeeds for one window only. */
export function createEndClaim(home: Home): EndClaim {
  return {
    ...watches(home, (run) => run),
    async claim(run) {
      const number = numberInId(run);
      if (number === undefined) return false;
      // The file exists or the run is gone: another window notifies, or nobody has to.
      return create(path.join(home.run(number), 'notified'), home);
    },
  };
}

/** Claims the ends of runs that are elsewhere by creating a file for each in this home. */
export function createEndClaimOf(connection: ConnectionId, home: Home): EndClaim {
  const keyOf = (run: RunId) => `${connection}\n${run}`;
  return {
    ...watches(home, keyOf),
    async claim(run) {
      const folder = path.join(home.root, 'notified');
      await mkdir(folder, { recursive: true, mode: home.folderMode });
      return create(path.join(folder, hashOf(keyOf(run))), home);
    },
  };
}

/** Notes in this home which runs windows wait for: an empty file for each wait. */
function watches(home: Home, keyOf: (run: RunId) => string): Pick<EndClaim, 'watch' | 'isWatched'> {
  const folder = path.join(home.root, 'watching');
  return {
    async watch(run) {
      await mkdir(folder, { recursive: true, mode: home.folderMode });
      const file = path.join(folder, `${hashOf(keyOf(run))}-${randomUUID()}`);
      await create(file, home);
      return () => rm(file, { force: true });
    },
    async isWatched(run) {
      const names = await readdir(folder).catch(() => []);
      return names.some((name) => name.startsWith(`${hashOf(keyOf(run))}-`));
    },
  };
}

async function create(file: string, home: Home): Promise<boolean> {
  const created = await open(file, 'wx', home.fileMode).catch(() => undefined);
  await created?.close();
  return created !== undefined;
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex').slice(0, 32);
