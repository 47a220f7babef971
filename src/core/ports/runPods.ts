/** The cluster that a server's runs are in, where this machine may look into it. */
export interface RunPods {
  /** What the program of a step has printed; undefined where its pod is gone or may not be read. */
  readLog(pod: string, signal: AbortSignal): Promise<string | undefined>;
  /** Says that something of the runs has changed, until the returned function is called. */
  watch(changed: () => void): () => void;
}
