import type { Remark } from '../domain/pipeline.ts';

/** An interpreter, as it describes itself. */
export interface Interpreter {
  readonly version: string;
  /** Its own path, not that of a shim. */
  readonly executable: string;
  readonly venv: boolean;
  readonly ensurepip: boolean;
  readonly pip: boolean;
  readonly externallyManaged: boolean;
  /** The version of the Kubeflow Pipelines SDK that it has, if any. */
  readonly kfp?: string | undefined;
  readonly platform: string;
}

/** An interpreter that works, and where its name comes from, in words. */
export interface FoundPython {
  readonly python: Interpreter;
  readonly from: string;
}

/** A Python to run with: the base for environments, or one that is used as it is. */
export interface RunPython extends FoundPython {
  readonly uv: string | undefined;
  /** True when the setting names it, so that nothing is built or installed. */
  readonly asItIs: boolean;
}

/** A read-only script of ours that a Python runs; it needs only the standard library. */
export interface Look {
  readonly python: string;
  /** Absolute path of the script. */
  readonly script: string;
  readonly stdin?: string;
  readonly deadlineMs: number;
  /** What it does, for error messages: "Looking at /usr/bin/python3". */
  readonly what: string;
}

/** The output of a script. `code` is null when a signal ended it. */
export interface Looked {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The Pythons of this machine. In Restricted Mode none runs that a workspace could have put there. Every method throws MlopsError. */
export interface Pythons {
  /** False in Restricted Mode. */
  readonly trusted: boolean;
  /** The Python for runs, as it is set, or why there is none. */
  forRuns(signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }>;
  /** The Python that environments are made from, also where runs use another, or why there is none. */
  base(signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }>;
  /** Every interpreter that works and is new enough (3.9), best first. */
  working(signal: AbortSignal): AsyncIterable<FoundPython>;
  /** Runs a read-only script, with nothing of the workspace in Restricted Mode. Throws forbidden, timeout, cancelled, internal. */
  look(look: Look, signal: AbortSignal): Promise<Looked>;
}
