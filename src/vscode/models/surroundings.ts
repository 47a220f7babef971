import type { Known } from '../../core/agents/basics/known.ts';
import { lookAround } from '../../core/agents/basics/lookAround.ts';
import { nearestThings } from '../../core/agents/basics/nearestThings.ts';
import { placeMeant, understand } from '../../core/agents/basics/understand.ts';
import type { Focus } from '../../core/domain/focus.ts';
import type { Connections } from '../../core/ports/connections.ts';
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
export function surroundings(
  { connections }: Among,
  { person, focus, places }: Said,
  signal: AbortSignal,
): Promise<Known | undefined> {
  const place = placeMeant(person, focus, places);
  const connection = connections.all.find(({ info }) => info.name === place) ?? connections.active;
  return lookAround(connection, person, focus, AbortSignal.any([signal, AbortSignal.timeout(longestMs)]));
}

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
