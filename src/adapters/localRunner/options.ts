import type { ApprovalStore } from '../../core/ports/compileApprovals.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { LocalSettings } from '../../core/ports/localSettings.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Pythons } from '../../core/ports/pythons.ts';
import type { WorkspaceFiles } from '../../core/ports/workspaceFiles.ts';

/** What the local runner needs from the outside. */
export interface LocalRunnerOptions {
  /** Absolute path of the folder that holds `runs/`, `envs/`, `cache/` and `objects/`; made when it is first needed. */
  readonly home: string;
  /** True when others on this machine may read the home; the person alone when not given. */
  readonly sharedHome?: boolean;
  /** Absolute path of `resources/python/mlops_runner`. */
  readonly runnerPackage: string;
  /** Absolute path of `resources/samples`. */
  readonly samplesFolder: string;
  readonly connectionName: string;
  readonly files: WorkspaceFiles;
  readonly pythons: Pythons;
  readonly clock: Clock;
  readonly log: Log;
  /** Where it is kept which Python files may be compiled. */
  readonly approvals: ApprovalStore;
  settings(): LocalSettings;
}
