/** An interpreter that may be used, and where its name comes from, in words ("setting", "Python extension", "PATH"). */
export interface PythonCandidate {
  readonly path: string;
  readonly from: string;
}

/** The Python that people chose. */
export interface PythonChoice {
  /** Best first. A path is absolute, or a bare name to look up on the PATH. */
  candidates(signal: AbortSignal): Promise<readonly PythonCandidate[]>;
}
