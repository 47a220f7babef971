/** How long a read that nobody cancels may take. */
export const deadlineMs = 30_000;

/** The signal of a read that nobody cancels: it ends by itself. */
export const deadline = (): AbortSignal => AbortSignal.timeout(deadlineMs);
