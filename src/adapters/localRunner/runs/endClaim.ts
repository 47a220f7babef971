import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import * as path from 'node:path';
import type { ConnectionId } from '../../../core/domain/connection.ts';
import { numberInId } from '../../../core/domain/localHome.ts';
import type { EndClaim } from '../../../core/ports/endClaim.ts';
import type { Home } from '../home.ts';

/** Claims a run's end by creating `notified` in its folder, which succeeds for one window only. */
export function createEndClaim(home: Home): EndClaim {
  return {
    async claim(run) {
      const number = numberInId(run);
      if (number === undefined) return false;
      // The file exists or the run is gone: another window notifies, or nobody has to.
      const file = await open(path.join(home.run(number), 'notified'), 'wx', home.fileMode).catch(
        () => undefined,
      );
      await file?.close();
      return file !== undefined;
    },
  };
}

/** Claims the ends of runs that are elsewhere by creating a file for each in this home. */
export function createEndClaimOf(connection: ConnectionId, home: Home): EndClaim {
  return {
    async claim(run) {
      const folder = path.join(home.root, 'notified');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = createHash('sha256').update(`${connection}\n${run}`).digest('hex').slice(0, 32);
      const file = await open(path.join(folder, name), 'wx', home.fileMode).catch(() => undefined);
      await file?.close();
      return file !== undefined;
    },
  };
}
