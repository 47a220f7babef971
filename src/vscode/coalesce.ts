/** Combines calls: any number of calls while `work` runs lead to one more run after it. */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let again = false;
  let running: Promise<void> | undefined;
  const rounds = async () => {
    do {
      again = false;
      await work();
    } while (again);
  };
  return () => {
    again = true;
    running ??= rounds().finally(() => (running = undefined));
    return running;
  };
}
