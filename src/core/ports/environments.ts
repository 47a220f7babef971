import type { RunId } from '../domain/run.ts';

/** A Python environment that was built for runs, or for compiling pipelines. */
export interface PythonEnvironment {
  readonly id: string;
  /** What was asked to be installed; empty when it is not known. */
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

/** The runs that used an environment, of those that are still there. */
export interface EnvironmentUse {
  /** The newest of them first, at most 20. */
  readonly runs: readonly RunId[];
  readonly count: number;
}

/** How much an environment takes on disk. */
export interface EnvironmentSize {
  readonly bytes: number;
  /** False when counting was broken off, or left something out: then it is at least that much. */
  readonly complete: boolean;
  /** Folders and files that could not be looked at, at most 20; they do not count. */
  readonly unreadable?: readonly string[];
}

/** The Python environments of a connection. Every method throws MlopsError. */
export interface Environments {
  /** All of them, newest first; those that are unfinished last. */
  list(signal: AbortSignal): Promise<readonly PythonEnvironment[]>;
  /** Counts what one takes on disk, within a bound of time and files. Throws notFound. */
  measure(id: string, signal: AbortSignal): Promise<EnvironmentSize>;
  /**
   * Removes one; a run that needs it builds it again. Throws conflict while it is built, or used by a run or a compilation, notFound,
   * unsupported when there is no Python, which does the locking.
   */
  remove(id: string, signal: AbortSignal): Promise<void>;
}
