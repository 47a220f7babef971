import { open } from 'node:fs/promises';
import * as path from 'node:path';
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
