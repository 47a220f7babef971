/** What one check found, in a sentence for people; `fix` says what to do where it is `wrong`. */
export interface Finding {
  /** `unknown`: it cannot be told from here. */
  readonly state: 'good' | 'wrong' | 'unknown';
  readonly words: string;
  readonly fix?: string;
}

/** One step of checking a connection. A connection gives them in the order in which they build on each other. */
export interface ConnectionCheck {
  /** What is checked: "address", "sign-in". */
  readonly what: string;
  /** Throws MlopsError where the steps after it cannot be made. */
  check(signal: AbortSignal): Promise<Finding>;
}
