import type { PodEvidence } from './runEvidence.ts';

/** The cluster that a server's runs are in, where this machine may look into it. */
export interface RunPods {
  /**
   * What the program of a step has printed; undefined where its pod is gone or may not be read. `previous`: what it printed before
   * its container was started again.
   */
  readLog(pod: string, signal: AbortSignal, which?: 'previous'): Promise<string | undefined>;
  /** The pods of a run with their events, and those that are gone of which events are left. Throws MlopsError. */
  evidence(
    of: { readonly run: string; readonly workflow: string },
    signal: AbortSignal,
  ): Promise<readonly PodEvidence[]>;
  /** The pods of a run as they are at the moment, without their events. Throws MlopsError. */
  now(run: string, signal: AbortSignal): Promise<readonly PodEvidence[]>;
  /** Says that something of the runs has changed, until the returned function is called. */
  watch(changed: () => void): () => void;
}
