import { randomInt, randomUUID } from 'node:crypto';
import { mkdir, realpath, symlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Run, RunId, RunState } from '../../src/core/domain/run.ts';
import type { PipelineBackend } from '../../src/core/ports/pipelineBackend.ts';
import { toMlopsError } from '../../src/core/ports/mlopsError.ts';
import { localMachine, never, runEnded, startRun } from '../conformance/localMachine.ts';
import { type Figure, figure } from './figure.ts';
import {
  type SmallDisk,
  bytesBelow,
  killRunner,
  killTask,
  processesNaming,
  smallDisk,
} from './soakFaults.ts';

const pipeline = 'soak.yaml';
const abreast = 4;
const diskMb = 64;
const filledEvery = 25;
/** A run that succeeded leaves a model of 20 kB beside its record and logs; one that did not had written 1 MB. */
const keptMbARun = 0.06;
const longestBeforeFaultMs = 1500;

/** What happens to a run, and the states that it may end in then, besides the one that it has if it ends before. */
const fates = {
  'is left alone': [],
  'fails in its last task': [],
  'is stopped': ['stopped'],
  'loses its runner': ['interrupted'],
  'loses a task': ['failed'],
} as const satisfies { readonly [fate: string]: readonly RunState[] };
type Fate = keyof typeof fates;

/** What the runs have in common. */
interface Soak {
  readonly home: string;
  readonly windows: readonly PipelineBackend[];
  readonly disk: SmallDisk | undefined;
  /** Everything that was not as promised, in words. */
  readonly wrong: string[];
}

/**
 * Many runs from two windows on one home, on a small disk that is full now and then: some are stopped, others lose their
 * runner or a task. Counts what was not as promised, what is left running, and what the home takes at the end.
 */
export async function soak(runs: number): Promise<readonly Figure[]> {
  const disk = await smallDisk(diskMb);
  const machine = await localMachine([import.meta.dirname], disk && { home: disk.home });
  const home = disk?.home ?? machine.home;
  if (disk !== undefined) await shareEnvironments(machine.home, home);
  const wrong: string[] = [];
  const all: Soak = { home, disk, wrong, windows: [machine.backend, machine.anotherWindow()] };
  try {
    await runEnded(machine.backend, await startRun(machine.backend, pipeline)); // makes the environment
    const began = performance.now();
    let next = 0;
    const oneAfterAnother = async () => {
      while (next < runs) {
        next += 1;
        if (disk !== undefined && next % filledEvery === 0) await disk.fillFor(1000);
        await oneRun(all);
      }
    };
    await Promise.all(Array.from({ length: abreast }, oneAfterAnother));
    const seconds = (performance.now() - began) / 1000;
    wrong.push(...(await listsThatDiffer(all)));
    const left = await processesNaming(home, 20_000);
    for (const line of [...wrong, ...left.map((process) => `still runs: ${process}`)]) console.error(line);
    const where = disk === undefined ? '' : ` on a disk of ${diskMb} MB`;
    return [
      figure(`soak of ${runs} runs${where}`, 's', [seconds]),
      figure('  not as promised', '', [wrong.length], { limit: 0 }),
      figure('  processes left', '', [left.length], { limit: 0 }),
      figure(
        '  records, logs and objects at the end',
        'MB',
        [(bytesBelow(path.join(home, 'runs')) + bytesBelow(path.join(home, 'objects'))) / 1e6],
        { limit: 1 + runs * keptMbARun },
      ),
    ];
  } finally {
    await machine.remove();
    await disk?.remove();
  }
}

/** Environments are kept between benches, and are no part of what the runs take. */
async function shareEnvironments(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await symlink(await realpath(path.join(from, 'envs')), path.join(to, 'envs'));
}

async function oneRun(soak: Soak): Promise<void> {
  const fate = pick(Object.keys(fates) as Fate[]);
  const steps = randomInt(5, 30);
  const wasFull = fullFromNow(soak.disk);
  const id = await start(soak, { steps, fail: fate === 'fails in its last task' });
  if (id === undefined) return;
  await pause(randomInt(longestBeforeFaultMs));
  const window = pick(soak.windows);
  if (fate === 'is stopped') await window.stopRun(id, never);
  if (fate === 'loses its runner') await killRunner(soak.home, id);
  if (fate === 'loses a task') await killTask(soak.home, id);
  const run = await runEnded(pick(soak.windows), id);
  const problem = problemOf(run, fate, steps, wasFull());
  if (problem !== undefined) soak.wrong.push(`${id} ${fate}: ${problem}`);
  if (run.state !== 'succeeded' || randomInt(2) === 0) await deleteFromBoth(soak, id);
}

/** Starts a run; now and then from both windows with one key, which makes one run. Undefined while the disk is full. */
async function start(
  { windows, disk, wrong }: Soak,
  values: { readonly steps: number; readonly fail: boolean },
): Promise<RunId | undefined> {
  const key = randomUUID();
  const wasFull = fullFromNow(disk);
  const from = randomInt(4) === 0 ? windows : [pick(windows)];
  const cache = randomInt(2) === 0;
  const ids = await Promise.allSettled(
    from.map((window) => startRun(window, pipeline, { ...values }, { key, cache })),
  );
  const started = new Set(ids.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])));
  for (const result of ids)
    if (result.status === 'rejected' && !wasFull())
      wrong.push(`not started: ${toMlopsError(result.reason).message}`);
  if (started.size > 1) wrong.push(`one key made ${[...started].join(' and ')}`);
  return [...started][0];
}

/** Tells whether the disk was full at any moment since this call. */
function fullFromNow(disk: SmallDisk | undefined): () => boolean {
  if (disk === undefined) return () => false;
  const { full, fills } = disk;
  return () => full || disk.full || disk.fills !== fills;
}

/** What is wrong with how a run ended, in words. */
function problemOf(run: Run, fate: Fate, steps: number, wasFull: boolean): string | undefined {
  const undisturbed: RunState = fate === 'fails in its last task' ? 'failed' : 'succeeded';
  const may: readonly RunState[] = [undisturbed, ...fates[fate], ...(wasFull ? fullDisk : [])];
  if (!may.includes(run.state)) return `it ${run.state}: ${run.error?.message ?? 'without an error'}`;
  const trained = run.metrics.find(({ name }) => name === 'steps')?.value;
  if (run.state === 'succeeded' && trained !== steps)
    return `it succeeded with ${trained ?? 'no'} of ${steps} steps`;
  return undefined;
}

const fullDisk: readonly RunState[] = ['failed', 'interrupted'];

/** Both windows delete it at once: it is gone, and who is second may hear so. */
async function deleteFromBoth({ windows, wrong }: Soak, id: RunId): Promise<void> {
  const answers = await Promise.allSettled(windows.map((window) => window.deleteRun(id, never)));
  for (const answer of answers)
    if (answer.status === 'rejected' && toMlopsError(answer.reason).kind !== 'notFound')
      wrong.push(`${id} not deleted: ${toMlopsError(answer.reason).message}`);
}

/** Both windows list the same, and nothing that is still active or cannot be read. */
async function listsThatDiffer({ windows }: Soak): Promise<readonly string[]> {
  const lists = await Promise.all(
    windows.map(async (window) => {
      const { items } = await window.listRuns({ size: 1000 }, never);
      return items.map(({ id, state }) => `${id} ${state}`).toSorted();
    }),
  );
  const [first = [], second = []] = lists;
  const differ =
    first.join() === second.join() ? [] : [`the windows list ${first.join()} and ${second.join()}`];
  const odd = first.filter((line) => !line.endsWith(' succeeded'));
  return [...differ, ...odd.map((line) => `left in the list: ${line}`)];
}

function pick<T>(from: readonly T[]): T {
  const picked = from[randomInt(from.length)];
  if (picked === undefined) throw new Error('There is nothing to choose from.');
  return picked;
}
