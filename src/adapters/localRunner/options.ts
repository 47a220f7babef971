import type { ConnectionInfo } from '../../core/domain/connection.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { LocalSettings } from '../../core/ports/localSettings.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Pythons } from '../../core/ports/pythons.ts';

/** What the local runner needs from the outside. */
export interface LocalRunnerOptions {
  /** Absolute path of the folder with `runs/`, `envs/`, `cache/` and `objects/`; created at first use. */
  readonly home: string;
  /** True when others on this machine may read the home; false when left out. */
  readonly sharedHome?: boolean;
  /** Absolute path of `resources/python/mlops_runner`. */
  readonly runnerPackage: string;
  readonly connection: ConnectionInfo;
  readonly pythons: Pythons;
  readonly clock: Clock;
  readonly log: Log;
  settings(): LocalSettings;
}
