import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { numberInId, markedNumber } from '../../../core/domain/localHome.ts';
import { throwIfAborted } from '../../../core/ports/mlopsError.ts';
import { isActive } from '../../../core/domain/run.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { Environments } from '../../../core/ports/environments.ts';
import type { Leftover } from '../../../core/ports/homeSpace.ts';
import { readUses } from '../environments/environmentUses.ts';
import { ifThere, readBounded } from '../../node/files.ts';
import type { Home } from '../home.ts';
import type { RunReader } from '../runs/readRun.ts';
import { filesOf, foldersIn, NamedPaths, oldKeys, oldTrash, triesIn } from '../runs/removeLeftovers.ts';
import type { RunRecord } from '../runs/runRecord.ts';

const largestEntry = 16_000_000;

export interface SpaceContext {
  readonly home: Home;
  readonly reader: RunReader;
  readonly environments: Environments;
  readonly clock: Clock;
}

/** A leftover before its size is known. */
export type Found = Omit<Leftover, 'size'>;

/** A search that skips folders that cannot be read, and names them. */
class Search {
  readonly unreadable: string[] = [];

  async in<T>(folder: string, look: () => Promise<readonly T[]>): Promise<readonly T[]> {
    try {
      return await look();
    } catch {
      this.unreadable.push(folder);
      return [];
    }
  }
}

/** All leftovers, and the folders that could not be read. */
export async function findLeftovers(
  context: SpaceContext,
  signal: AbortSignal,
): Promise<{ readonly items: readonly Found[]; readonly unreadable: readonly string[] }> {
  const { home, clock } = context;
  const search = new Search();
  const now = clock.now();
  const paths = (kind: Found['kind'], ids: readonly string[]) => ids.map((id) => ({ kind, id }));
  const items = [
    ...paths('output', await unnamedTries(context, search, signal)),
    ...paths('deletedRun', await search.in(home.runs, () => oldTrash(home, now))),
    ...paths('key', await search.in(home.keys, () => oldKeys(home, now))),
    ...paths('environment', await search.in(home.environments, () => unusedEnvironments(context, signal))),
  ];
  throwIfAborted(signal);
  return { items, unreadable: search.unreadable };
}

/** Tries of ended runs whose outputs are named by neither their record, an active run, nor the cache. */
async function unnamedTries(
  context: SpaceContext,
  search: Search,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { home, reader } = context;
  const bucket = path.join(home.objects, 'artifacts');
  const elsewhere = await namedElsewhere(context, signal).catch(() => undefined);
  throwIfAborted(signal);
  // Unless it is known what the cache and the active runs name, nothing is a leftover.
  if (elsewhere === undefined) {
    search.unreadable.push(path.join(home.root, 'cache'));
    return [];
  }
  const unnamed: string[] = [];
  for (const pipeline of await search.in(bucket, () => foldersIn(bucket))) {
    for (const run of await search.in(pipeline, () => foldersIn(pipeline))) {
      throwIfAborted(signal);
      const record = await endedRecord(reader, path.basename(run));
      if (record === undefined) continue;
      const named = new NamedPaths(home, filesOf(record.tasks));
      const tries = await search.in(run, () => triesIn(run));
      unnamed.push(...tries.filter((folder) => !named.holdsAnyOf(folder) && !elsewhere.holdsAnyOf(folder)));
    }
  }
  return unnamed;
}

/** The record of a run that has ended and can be read. */
async function endedRecord(reader: RunReader, id: string): Promise<RunRecord | undefined> {
  const number = numberInId(id);
  if (number === undefined) return undefined;
  const summary = await reader.summary(number);
  if (summary?.id !== id || isActive(summary.state)) return undefined;
  const record = await reader.record(number);
  return record?.id === id ? record : undefined;
}

const entrySchema = z.object({
  artifacts: z.record(z.string(), z.array(z.object({ uri: z.string() }))),
});

async function namedElsewhere({ home, reader }: SpaceContext, signal: AbortSignal): Promise<NamedPaths> {
  const uris: string[] = [];
  for (const name of (await ifThere(readdir(home.runs))) ?? []) {
    const number = markedNumber(name);
    const record = number === undefined ? undefined : await reader.record(number);
    uris.push(...filesOf(record?.tasks ?? []));
  }
  for (const entry of await foldersIn(path.join(home.root, 'cache'))) {
    throwIfAborted(signal);
    uris.push(...urisOf(await readBounded(path.join(entry, 'entry.json'), largestEntry, signal)));
  }
  return new NamedPaths(home, uris);
}

/** False for what does not have the shape of an entry. */
function urisOf(text: string | undefined): readonly string[] {
  try {
    const { artifacts } = entrySchema.parse(JSON.parse(text ?? ''));
    return Object.values(artifacts).flatMap((items) => items.map(({ uri }) => uri));
  } catch {
    return [];
  }
}

/** Environments that were never finished, and those that no run requested. */
async function unusedEnvironments(context: SpaceContext, signal: AbortSignal): Promise<readonly string[]> {
  const known = await usesAreKnown(context, signal);
  const all = await context.environments.list(signal);
  return all
    .filter(
      ({ state, purpose, usedBy }) =>
        state === 'unfinished' || (known && purpose === 'runs' && usedBy.count === 0),
    )
    .map(({ id }) => id);
}

/** False while a run may need an environment that its request does not show yet: it is being created, or unreadable. */
async function usesAreKnown({ home, reader }: SpaceContext, signal: AbortSignal): Promise<boolean> {
  const { unread, cut } = await readUses(home, signal);
  if (cut) return false;
  for (const number of unread) {
    const summary = await reader.summary(number);
    if (summary === undefined || isActive(summary.state)) return false;
  }
  return true;
}
