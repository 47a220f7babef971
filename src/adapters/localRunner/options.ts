import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { PythonChoice } from '../../core/ports/pythonChoice.ts';
import type { WorkspaceFiles } from '../../core/ports/workspaceFiles.ts';

/** What people set for runs on this machine; read anew for each run. */
export interface LocalSettings {
  /** `managed`, or the absolute path of an interpreter that is used as it is. */
  readonly environment: string;
  /** Tasks side by side, at least 1. */
  readonly parallelism: number;
  /** The most memory of one task; null for no limit. */
  readonly memoryLimitMegabytes: number | null;
  /** The most that is kept of one task's log. */
  readonly logLimitMegabytes: number;
  /** Environment variables that tasks get besides the short list. */
  readonly passEnvironment: readonly string[];
  /** Put before the packages of every install (`--index-url=…`). */
  readonly pipArguments?: readonly string[];
}

/** What the local runner needs from the outside. */
export interface LocalRunnerOptions {
  /** Absolute path of the folder that holds `runs/`, `envs/`, `cache/` and `objects/`; made when it is first needed. */
  readonly home: string;
  /** Absolute path of `resources/python/mlops_runner`. */
  readonly runnerPackage: string;
  /** Absolute path of `resources/samples`. */
  readonly samplesFolder: string;
  readonly connectionName: string;
  readonly files: WorkspaceFiles;
  readonly python: PythonChoice;
  readonly clock: Clock;
  readonly log: Log;
  settings(): LocalSettings;
}
