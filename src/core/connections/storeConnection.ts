import type { Connection } from '../ports/connections.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { asName } from '../text/literal.ts';

/** The connections to choose from. */
interface Among<C extends Connection> {
  readonly all: readonly C[];
  readonly active: C;
}

/**
 * The connection that a call about objects means which names none: the active one, where it has the bucket; else the only other
 * one that has. Without a bucket the active one, or the only one with objects. Connections that do not answer before `signal` ends
 * do not count. Throws MlopsError invalid where several have the bucket.
 */
export async function storeConnection<C extends Connection>(
  { all, active }: Among<C>,
  bucket: string | undefined,
  signal: AbortSignal,
): Promise<C> {
  const others = all.filter((one) => one !== active && one.store !== undefined);
  if (others.length === 0) return active;
  if (bucket === undefined) {
    const [only, ...more] = others;
    return active.store === undefined && only !== undefined && more.length === 0 ? only : active;
  }
  // Where the buckets cannot be told, the call itself says why.
  const own = active.store === undefined ? [] : await bucketsOf(active, signal);
  if (own === undefined || own.includes(bucket)) return active;
  return onlyOne(bucket, await withBucket(others, bucket, signal)) ?? active;
}

/** Those of the connections that have a bucket. */
async function withBucket<C extends Connection>(
  connections: readonly C[],
  bucket: string,
  signal: AbortSignal,
): Promise<readonly C[]> {
  const buckets = await Promise.all(connections.map((one) => bucketsOf(one, signal)));
  return connections.filter((_, index) => buckets[index]?.includes(bucket));
}

/** A server may have its artifacts in a store that is a connection of its own: that one is meant. */
function onlyOne<C extends Connection>(bucket: string, found: readonly C[]): C | undefined {
  const stores = found.filter(({ backend }) => backend === undefined);
  const [only, second] = stores.length > 0 ? stores : found;
  if (only === undefined || second === undefined) return only;
  const names = found.map(({ info }) => asName(info.name)).join(' and ');
  throw new MlopsError('invalid', `There is a bucket ${asName(bucket)} on ${names}.`, {
    hint: 'Say on which: end the sentence in "on" and its name.',
  });
}

/** The names of the buckets of a connection; undefined where they cannot be told. */
export async function bucketsOf(
  { store }: Pick<Connection, 'store'>,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  try {
    const buckets = await (await store?.())?.listBuckets(signal);
    return buckets?.map(({ name }) => name);
  } catch {
    return undefined;
  }
}
