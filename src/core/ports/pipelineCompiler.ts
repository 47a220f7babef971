/** The compiler of Python pipelines. Installing it is a write: only after someone agreed. */
export interface PipelineCompiler {
  readonly packages: readonly string[];
  /** Rough size on disk, in bytes. */
  readonly bytes: number;
  isInstalled(signal: AbortSignal): Promise<boolean>;
  /** Throws MlopsError unsupported (no Python), unreachable or internal (the installer failed), cancelled. */
  install(signal: AbortSignal): Promise<void>;
}

/** The environment of the compiler, and the interpreter in it. */
export interface CompilerEnvironment extends PipelineCompiler {
  /** Its interpreter once it is installed, and the lock against its removal, which is held while it compiles. */
  interpreter(signal: AbortSignal): Promise<{ readonly python: string; readonly lock: string } | undefined>;
}
