import type { RunId } from '../domain/run.ts';

/** A Python environment that was built for runs, or for compiling pipelines. */
export interface PythonEnvironment {
  readonly id: string;
  /** The requirements that were asked for; empty when they are not known. */
  readonly packages: readonly string[];
  /** The version of its Python, when it is known. */
  readonly python?: string;
  /** Milliseconds since 1970, when it is known. */
  readonly createdAt?: number;
  /** `unfinished`: being built, or left behind by a build or a removal that was interrupted. */
  readonly state: 'ready' | 'unfinished';
  readonly purpose: 'runs' | 'compiling';
  readonly usedBy: EnvironmentUse;
}

/** The runs that used an environment and still exist. */
export interface EnvironmentUse {
  /** The newest of them first, at most 20. */
  readonly runs: readonly RunId[];
  readonly count: number;
}

/** Size of an environment on disk. */
export interface EnvironmentSize {
  readonly bytes: number;
  /** False when counting stopped early or skipped something: then `bytes` is a lower bound. */
  readonly complete: boolean;
  /** Folders and files that could not be read, at most 20; they do not count. */
  readonly unreadable?: readonly string[];
}

/** The Python environments of a connection. Every method throws MlopsError. */
export interface Environments {
  /** All environments, newest first; unfinished ones last. */
  list(signal: AbortSignal): Promise<readonly PythonEnvironment[]>;
  /** Measures one on disk, within a bound of time and files. Throws notFound. */
  measure(id: string, signal: AbortSignal): Promise<EnvironmentSize>;
  /**
   * Removes one; a run that needs it builds it again. Throws conflict while it is being built or used, notFound,
   * and unsupported without a Python, which takes the locks.
   */
  remove(id: string, signal: AbortSignal): Promise<void>;
}
