/** The settings for runs on this machine, read anew for each run. */
export interface LocalSettings {
  /** `managed`, or an interpreter that is used as it is: an absolute path, or a bare name to look up on the PATH. */
  readonly environment: string;
  /** Most tasks at the same time, at least 1. */
  readonly parallelism: number;
  /** Most memory of one task; null for no limit. */
  readonly memoryLimitMegabytes: number | null;
  /** Most of one task's log that is kept. */
  readonly logLimitMegabytes: number;
  /** Variables that tasks get in addition to the short list. */
  readonly passEnvironment: readonly string[];
  /** Whether a pipeline may name plain-HTTP addresses, trusted hosts, proxies and certificates for its packages. */
  readonly allowInsecureIndexes: boolean;
  /** Arguments of every installation, before its packages (`--index-url=…`). */
  readonly pipArguments?: readonly string[];
}
