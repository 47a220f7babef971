import type { Run, TaskError } from '../domain/run.ts';
import type { Unseen } from '../ports/runEvidence.ts';

/** Why a step failed, or what it waits for. */
export type Cause =
  | 'imagePull'
  | 'outOfMemory'
  | 'exception'
  | 'exit'
  | 'packages'
  | 'missingArtifact'
  | 'staleCache'
  | 'unschedulable'
  | 'quota'
  | 'permission'
  | 'missingConfig'
  | 'volume'
  | 'cannotStart'
  | 'timeout'
  | 'stopped'
  | 'driver'
  | 'launcher'
  | 'podDeleted'
  | 'evicted'
  | 'nodeLost'
  | 'retries'
  | 'restarts'
  | 'input'
  | 'preparation'
  | 'interrupted'
  | 'held'
  | 'unknown';

/** A text from outside that a verdict rests on, and where it is from, in our words. */
export interface Quote {
  readonly from: string;
  readonly text: string;
}

/** What a rule concludes. `says` and `next` are Markdown of ours, in which text from outside stands as code. */
export interface Verdict {
  readonly cause: Cause;
  /** The end of a sentence that begins with the step: "its image `x` cannot be pulled". */
  readonly says: string;
  /** What the person can do. */
  readonly next: string;
  readonly quotes: readonly Quote[];
  /** The exception with its line, where the code of a component raised one. */
  readonly error?: TaskError;
}

/** A verdict about a step of a run; without a path about the run itself. */
export interface Finding extends Verdict {
  readonly path: string | undefined;
  /** `survived`: a failure that was made good by another try. */
  readonly kind: 'failed' | 'waiting' | 'survived';
  /** How many of its tries failed, where there were several. */
  readonly failedTries?: number;
  readonly at?: number;
}

/** What is known of why a run failed, or of what it waits for. */
export interface Diagnosis {
  readonly run: Run;
  /** The first failure first. */
  readonly failures: readonly Finding[];
  readonly waits: readonly Finding[];
  readonly survived: readonly Finding[];
  /** The end that somebody, or a deadline, put to it. */
  readonly ended?: Finding;
  /** Tasks that were left out for what came before them. */
  readonly leftOut: readonly string[];
  /** Tasks whose programs run, and those that are about to begin. */
  readonly running: readonly string[];
  readonly starting: readonly string[];
  readonly unseen: readonly Unseen[];
  readonly now: number;
}
