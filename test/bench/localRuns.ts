import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type LocalMachine, localMachine, runEnded, startRun } from '../conformance/localMachine.ts';
import { type Figure, figure, median } from './figure.ts';
import { openKfpLocal } from './kfpLocal.ts';

const pipeline = 'fourTasks.yaml';
const tasks = 4;
const lookMs = 2;

interface Sample {
  /** From the call that a confirmation leads to, to a task that is said to run; seconds. */
  readonly toFirstTask: number;
  /** To the record of the run's end. */
  readonly toEnd: number;
  /** Of this process and all that it started. Nothing where the system does not tell. */
  readonly cpu: number | undefined;
}

/** A pipeline of four tiny tasks: by our runner and by `kfp.local`, by turns on the same machine. */
export async function localRuns(samples: number): Promise<readonly Figure[]> {
  const machine = await localMachine([import.meta.dirname]);
  const peer = await openKfpLocal();
  try {
    await runEnded(machine.backend, await startRun(machine.backend, pipeline)); // makes the environment
    await peer.run();
    const ours: Sample[] = [];
    const theirs: { readonly seconds: number; readonly cpu: number }[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
      ours.push(await ourRun(machine));
      theirs.push(await peer.run());
    }
    const kfp = (values: readonly number[], times?: number) => ({
      peer: 'kfp.local',
      median: median(values),
      ...(times === undefined ? {} : { times }),
    });
    const cpu = ours.flatMap((run) => run.cpu ?? []);
    const their = { seconds: theirs.map(({ seconds }) => seconds), cpu: theirs.map((one) => one.cpu) };
    return [
      figure(
        'confirmation to first task running',
        's',
        ours.map(({ toFirstTask }) => toFirstTask),
        { limit: 0.5 },
      ),
      figure(
        'pipeline of four tiny tasks',
        's',
        ours.map(({ toEnd }) => toEnd),
        kfp(their.seconds, 5),
      ),
      ...(cpu.length === 0 ? [] : [figure('  its CPU time', 's', cpu, kfp(their.cpu))]),
    ];
  } finally {
    peer.close();
    await machine.remove();
  }
}

async function ourRun({ backend, home }: LocalMachine): Promise<Sample> {
  const cpuBefore = cpuSeconds();
  const began = performance.now();
  const id = await startRun(backend, pipeline, {}, { cache: false });
  const folder = path.join(home, 'runs', id.slice(id.lastIndexOf('-') + 1));
  let toFirstTask: number | undefined;
  let record = readRecord(folder);
  for (; !ended(record); record = readRecord(folder)) {
    if (toFirstTask === undefined && record.tasks.some(({ startedAt }) => startedAt !== null))
      toFirstTask = performance.now() - began;
    await pause(lookMs);
  }
  const toEnd = performance.now() - began;
  if (record.state !== 'succeeded' || record.tasks.length !== tasks || toFirstTask === undefined)
    throw new Error(`The run of the bench went wrong: ${JSON.stringify(record)}`);
  await runnerGone(folder);
  const cpuAfter = cpuSeconds();
  return {
    toFirstTask: toFirstTask / 1000,
    toEnd: toEnd / 1000,
    cpu: cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore,
  };
}

interface RunRecord {
  readonly state: string;
  readonly tasks: readonly { readonly startedAt: number | null }[];
}

const readRecord = (folder: string) =>
  JSON.parse(fs.readFileSync(path.join(folder, 'run.json'), 'utf8')) as RunRecord;
const ended = ({ state }: RunRecord) => !['preparing', 'running', 'stopping'].includes(state);

/** Its time is counted once this process has taken note of its end. */
async function runnerGone(folder: string): Promise<void> {
  const { pid } = JSON.parse(fs.readFileSync(path.join(folder, 'runner.json'), 'utf8')) as { pid: number };
  while (fs.existsSync(`/proc/${pid}`)) await pause(lookMs);
}

/** Of this process and of its children that ended, in Linux's ticks of 10 ms. */
function cpuSeconds(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const stat = fs.readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) / 100, 0);
}
