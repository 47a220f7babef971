/**
 * Does the work for 0 to `count` - 1, so many at once, begun in this order. After a failure the others are cancelled and
 * waited for; throws the first failure.
 */
export async function inParallel(
  { count, atOnce }: { readonly count: number; readonly atOnce: number },
  signal: AbortSignal,
  work: (index: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const worker = async () => {
    while (next < count && failure === undefined) {
      const index = next;
      next += 1;
      try {
        await work(index, either);
      } catch (error) {
        failure ??= { error };
        over.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, atOnce) }, worker));
  if (failure !== undefined) throw failure.error;
}
