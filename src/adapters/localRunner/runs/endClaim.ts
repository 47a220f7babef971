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
      // A file that is there, or a run that is gone: in both cases there is nothing to tell here.
      const file = await open(path.join(home.run(number), 'notified'), 'wx', home.fileMode).catch(
        () => undefined,
      );
      await file?.close();
      return file !== undefined;
    },
  };
}
