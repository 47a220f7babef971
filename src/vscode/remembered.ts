import type { Clock } from '../core/ports/clock.ts';

const most = 50;

/** Looks something up once per key and remembers what was found, or that nothing was, for `ms`; at most 50 of them. */
export function remembered<T>(
  clock: Pick<Clock, 'now'>,
  ms: number,
): (key: string, look: () => Promise<T>) => Promise<T> {
  const known = new Map<string, { readonly until: number; readonly found: Promise<T> }>();
  return (key, look) => {
    const before = known.get(key);
    if (before !== undefined && clock.now() < before.until) return before.found;
    const found = look();
    known.delete(key);
    known.set(key, { until: clock.now() + ms, found });
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return found;
  };
}
