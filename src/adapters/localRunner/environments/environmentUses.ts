import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { runNumber } from '../../../core/domain/localHome.ts';
import { throwIfAborted } from '../../../core/ports/mlopsError.ts';
import type { RunId } from '../../../core/domain/run.ts';
import { ifThere, readBounded } from '../../node/files.ts';
import type { Home } from '../home.ts';

const mostRuns = 1000;
const largestRequest = 16_000_000;

const environment = z.object({ id: z.string(), python: z.string().nullish() });
const request = z.object({
  id: z.string(),
  number: z.number(),
  environments: z.array(environment.extend({ apart: z.array(environment).nullish() })).nullish(),
});

/** A run that uses an environment. */
export interface Use {
  readonly run: RunId;
  readonly number: number;
}

/** Which runs asked for which environment, and which runs are not known to have asked for any. */
export interface Uses {
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  /** Numbers of runs whose request is missing or cannot be read. */
  readonly unread: readonly number[];
  /** True when there are more runs than were read. */
  readonly cut: boolean;
}

/** The runs that use each environment, newest first, of the newest 1000 runs. */
export async function environmentUses(
  home: Home,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Use[]>> {
  return (await readUses(home, signal)).uses;
}

/** The same, and which runs could not be read. */
export async function readUses(home: Home, signal: AbortSignal): Promise<Uses> {
  const names = (await ifThere(readdir(home.runs))) ?? [];
  const numbers = names.flatMap((name) => runNumber(name) ?? []).toSorted((a, b) => b - a);
  const uses = new Map<string, Use[]>();
  const unread: number[] = [];
  for (const number of numbers.slice(0, mostRuns)) {
    throwIfAborted(signal);
    const read = await requestOf(home, number);
    if (read === undefined) unread.push(number);
    const asked = read?.environments ?? [];
    for (const { id, python } of asked.flatMap((planned) => [planned, ...(planned.apart ?? [])])) {
      if (read === undefined || typeof python === 'string') continue;
      uses.set(id, [...(uses.get(id) ?? []), { run: read.id as RunId, number }]);
    }
  }
  return { uses, unread, cut: numbers.length > mostRuns };
}

async function requestOf(home: Home, number: number): Promise<z.infer<typeof request> | undefined> {
  try {
    const text = await readBounded(path.join(home.run(number), 'request.json'), largestRequest);
    if (text === undefined) return undefined;
    return request.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
