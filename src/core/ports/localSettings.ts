/** What people set for runs on this machine; read anew for each run. */
export interface LocalSettings {
  /** `managed`, or an interpreter that is used as it is: an absolute path, or a bare name to look up on the PATH. */
  readonly environment: string;
  /** Tasks side by side, at least 1. */
  readonly parallelism: number;
  /** The most memory of one task; null for no limit. */
  readonly memoryLimitMegabytes: number | null;
  /** The most that is kept of one task's log. */
  readonly logLimitMegabytes: number;
  /** Variables that tasks get in addition to the short list. */
  readonly passEnvironment: readonly string[];
  /** Whether a pipeline may name plain-HTTP addresses, trusted hosts, proxies and certificates for its packages. */
  readonly allowInsecureIndexes: boolean;
  /** Put before the packages of every install (`--index-url=…`). */
  readonly pipArguments?: readonly string[];
}
