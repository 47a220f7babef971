import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { uploadTo } from './client.ts';
import { plausibleScene } from './plausible.ts';
import { playLife, readLife, type RecordedLife } from './recordedLife.ts';
import { type KfpServer, type KfpServerOptions, startKfpServer } from './server.ts';
import { specOf } from './specs.ts';

const recordings = path.join(import.meta.dirname, '..', '..', 'recordings', 'kfp');
const minute = 60_000;

/** Runs to look at: how long ago each began, in milliseconds, and the life that it has. */
const lives = [
  { name: 'iris of yesterday', life: 'success-four-tasks', ago: 20 * 60 * minute },
  {
    name: 'deeper iris',
    life: 'success-four-tasks',
    ago: 120 * minute,
    parameters: { depth: 5 },
  },
  { name: 'iris with an exception', life: 'user-exception', ago: 90 * minute },
  { name: 'iris from the cache', life: 'cached-steps', ago: 60 * minute },
  { name: 'loop in which one fails', life: 'loop-one-fails', ago: 40 * minute },
  { name: 'iris that was stopped', life: 'terminated-by-user', ago: 30 * minute },
  { name: 'image that is not found', life: 'image-pull-back-off', ago: 0 },
  { name: 'nested pipeline', life: 'nested-pipeline', ago: 0 },
] as const;

/** The demo, in which more can happen. */
export interface Demo extends KfpServer {
  /** Starts one more run with a recorded life, `times` as fast. */
  play(name: string, life: string, times?: number): Promise<void>;
}

/** A server to try the connection with: pipelines, runs that ended, and some that go on. `step`: as for the stand-in. */
export async function startDemo({ step }: Pick<KfpServerOptions, 'step'> = {}): Promise<Demo> {
  let next: RecordedLife | undefined;
  let speed = 1;
  const server = await startKfpServer({
    ...(step === undefined ? {} : { step }),
    behind: lives[0].ago,
    sceneOf: plausibleScene,
    lifeOf: (run, now) => next && playLife(next, run, now, speed, plausibleScene(run)),
  });
  await uploadFile(server, 'iris-train', 'iris_train.yaml', 'Trains a tree on flowers.');
  await uploadFile(server, 'nested-train', 'nested_train.yaml', 'A pipeline of pipelines.');
  const play = async (name: string, life: string, times = 1, more: object = {}) => {
    next = await readLife(path.join(recordings, 'lives', `${life}.json`));
    speed = times;
    await createRun(server, { name, file: next.pipeline, ...more });
    next = undefined;
  };
  let left: number = lives[0].ago;
  for (const { name, life, ago, ...more } of lives) {
    server.advance(left - ago);
    left = ago;
    await play(name, life, 1, more);
  }
  return { ...server, play };
}

async function uploadFile(server: KfpServer, name: string, file: string, description: string): Promise<void> {
  const text = await readFile(path.join(recordings, 'pipelines', file), 'utf8');
  await uploadTo(server, { name, text, description });
}

async function createRun(
  { address }: KfpServer,
  { name, file, parameters = {} }: { name: string; file: string; parameters?: object },
): Promise<void> {
  const text = await readFile(path.join(recordings, 'pipelines', file), 'utf8');
  const response = await fetch(`${address}/apis/v2beta1/runs`, {
    method: 'POST',
    body: JSON.stringify({ display_name: name, pipeline_spec: specOf(text), runtime_config: { parameters } }),
  });
  if (!response.ok) throw new Error(`${name} was not started: ${await response.text()}`);
}
