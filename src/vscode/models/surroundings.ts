import type { Known } from '../../core/agents/basics/known.ts';
import { lookAround } from '../../core/agents/basics/lookAround.ts';
import { nearestThings } from '../../core/agents/basics/nearestThings.ts';
import { placeMeant, understand } from '../../core/agents/basics/understand.ts';
import { bucketsOf } from '../../core/connections/storeConnection.ts';
import type { Focus } from '../../core/domain/focus.ts';
import type { Connection, Connections } from '../../core/ports/connections.ts';
import { tools } from '../../core/tools/table.ts';
import { basicsVendor } from './registerBasics.ts';

/** The connections of a window. */
export interface Among {
  readonly connections: Pick<Connections, 'all' | 'active'>;
}

/** Longest that a sentence waits for what it may name. */
const longestMs = 10_000;

/** A sentence, and what it may mean. */
export interface Said {
  readonly person: string;
  readonly focus: Focus;
  /** Names of the connections, where there are several. */
  readonly places: readonly string[];
}

/** What exists where a sentence is about: in the connection that it names, or that is in focus, or that is active. */
export async function surroundings(
  { connections }: Among,
  { person, focus, places }: Said,
  signal: AbortSignal,
): Promise<Known | undefined> {
  const place = placeMeant(person, focus, places);
  const connection = connections.all.find(({ info }) => info.name === place) ?? connections.active;
  const soon = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
  const others = place === undefined ? connections.all.filter((one) => one !== connection) : [];
  const [known, elsewhere] = await Promise.all([
    lookAround(connection, person, focus, soon),
    bucketsElsewhere(others, person, soon),
  ]);
  // A call about a bucket finds the connection that has it.
  return known && { ...known, buckets: [...new Set([...known.buckets, ...elsewhere])] };
}

/** The buckets of other connections that a sentence names, where it speaks of objects or has a path. */
async function bucketsElsewhere(
  others: readonly Connection[],
  person: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const said = new Set(person.split(/[\s/"'`?!,;]+/));
  if (!ofObjects.test(person) || others.length === 0) return [];
  const buckets = await Promise.all(others.map((one) => bucketsOf(one, signal)));
  return buckets.flatMap((names) => names ?? []).filter((name) => said.has(name));
}

const ofObjects =
  /\/|\b(?:buckets?|objects?|files?|storage|stored|uploads?|uploaded|csvs?|parquet|datasets?|space|dateien?|objekte?n?|hochgeladen|platz|speicher|inhalt|contents?)\b/i;

/** Sentences near to one that MLOps Basics did not understand; none for other models. */
export async function nearTo(
  services: Among,
  { vendor }: { readonly vendor: string },
  said: Said,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (vendor !== basicsVendor) return [];
  const known = await surroundings(services, said, signal);
  const { person, focus, places } = said;
  return known === undefined || understand(person, focus, { places, known }) !== undefined
    ? []
    : nearestThings(person, focus, known, tools);
}
