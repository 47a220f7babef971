/** `work` such that calls during a round make one more round after it, however many they were. */
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
