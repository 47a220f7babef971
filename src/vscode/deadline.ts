/** Longest time of a read without a cancel button, in milliseconds. */
export const deadlineMs = 30_000;

/** The signal of a read without a cancel button; it aborts at the deadline. */
export const deadline = (): AbortSignal => AbortSignal.timeout(deadlineMs);
