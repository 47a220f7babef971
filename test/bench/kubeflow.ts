import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createKubeflow } from '../../src/adapters/kubeflow/kubeflow.ts';
import type { ConnectionId } from '../../src/core/domain/connection.ts';
import type { RunId, RunSummary } from '../../src/core/domain/run.ts';
import type { Clock } from '../../src/core/ports/clock.ts';
import type { PipelineBackend } from '../../src/core/ports/pipelineBackend.ts';
import { PipelinesSource } from '../../src/vscode/trees/pipelinesSource.ts';
import { SilentLog } from '../fakes/silentLog.ts';
import { tasksSideBySide } from '../servers/kfp/manyTasks.ts';
import { type Figure, figure, median } from './figure.ts';
import type { KfpOrder } from './kfpServer.ts';

const many = 10_000;
const pageSize = 200;
/** How much faster time passes where a minute is counted; a request takes as long as ever. */
const speed = 20;
/** Minutes in which requests are counted, after two in which the pace settles. */
const counted = 4;
const never = new AbortController().signal;

/** A server of Kubeflow Pipelines with 10,000 runs, in a process of its own: what our client adds, and how it watches. */
export async function kubeflow(samples: number): Promise<readonly Figure[]> {
  const server = await startServer();
  try {
    return [
      ...(await listing(server.address, samples)),
      memory(await allRuns(backendAt(server.address))),
      ...(await untilTold(server, Math.min(samples, 5))),
      ...(await requestsAMinute(server)),
      ...(await manyTasks(server, samples)),
    ];
  } finally {
    server.close();
  }
}

interface Server {
  readonly address: string;
  ask(order: KfpOrder): Promise<{ readonly at: number; readonly count: number }>;
  close(): void;
}

async function startServer(): Promise<Server> {
  const child = fork(path.join(import.meta.dirname, 'kfpServer.ts'), [String(many)]);
  const [{ address }] = (await once(child, 'message')) as [{ address: string }];
  return {
    address,
    ask: async (order) => {
      const answered = once(child, 'message');
      child.send(order);
      const [answer] = (await answered) as [{ at: number; count: number }];
      return answer;
    },
    close: () => child.disconnect(),
  };
}

const clock: Clock = { now: () => Date.now(), delay: async (ms, signal) => pause(ms, undefined, { signal }) };
const fastClock: Clock = {
  now: () => Date.now() * speed,
  delay: async (ms, signal) => pause(ms / speed, undefined, { signal }),
};

function backendAt(endpoint: string, { time = clock, present = true } = {}): PipelineBackend {
  return createKubeflow({
    connection: { id: 'c' as ConnectionId, kind: 'kubeflow', name: 'Cluster', readOnly: false, about: '' },
    endpoint,
    clock: time,
    log: new SilentLog(),
    attention: { present, onDidChange: () => () => undefined },
  });
}

/** Every page by our client, and every page by bare requests whose JSON is read, by turns. */
async function listing(address: string, samples: number): Promise<readonly Figure[]> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let sample = 0; sample < samples; sample += 1) {
    bare.push(await timed(() => rawRuns(address)));
    ours.push(await timed(() => allRuns(backendAt(address))));
  }
  return [
    figure('listing 10,000 runs, 200 a page', 'ms', ours, { peer: 'bare requests', median: median(bare) }),
  ];
}

async function timed(work: () => Promise<{ readonly length: number }>): Promise<number> {
  return duration(async () => {
    const { length } = await work();
    if (length !== many) throw new Error(`There are ${many} runs, but ${length} were listed.`);
  });
}

async function duration(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function allRuns(backend: PipelineBackend): Promise<readonly RunSummary[]> {
  const runs: RunSummary[] = [];
  let page: string | undefined;
  do {
    const read = await backend.listRuns({ size: pageSize, ...(page === undefined ? {} : { page }) }, never);
    runs.push(...read.items);
    page = read.next;
  } while (page !== undefined);
  return runs;
}

async function rawRuns(address: string): Promise<{ readonly length: number }> {
  let [length, token] = [0, ''];
  do {
    const query = new URLSearchParams({
      page_size: String(pageSize),
      sort_by: 'created_at desc',
      page_token: token,
    });
    const response = await fetch(`${address}/apis/v2beta1/runs?${query.toString()}`);
    const page = (await response.json()) as { runs: readonly unknown[]; next_page_token?: string };
    length += page.runs.length;
    token = page.next_page_token ?? '';
  } while (token !== '');
  return { length };
}

/** What the summaries of all runs take, as long as somebody holds them. */
function memory(runs: readonly RunSummary[]): Figure {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held: { runs: readonly RunSummary[] | undefined } = { runs: runs.slice() };
  (runs as RunSummary[]).length = 0;
  collect();
  const before = process.memoryUsage().heapUsed;
  held.runs = undefined;
  collect();
  const taken = (before - process.memoryUsage().heapUsed) / 1e6;
  return figure('memory of 10,000 listed runs', 'MB', [taken], { limit: 50 });
}

/** From a change of an active run on the server to the event, and to the rows of the sidebar; at the pace of people's windows. */
async function untilTold(server: Server, samples: number): Promise<readonly Figure[]> {
  const backend = backendAt(server.address);
  const rows = new PipelinesSource(backend, Date.now(), () => undefined);
  await rows.load('');
  await server.ask('begin');
  let told = Promise.withResolvers<number>();
  let drawn = Promise.withResolvers<number>();
  const stop = backend.watch((change) => {
    if (change.kind === 'compiled') return;
    told.resolve(Date.now());
    void rows.change(change).then(() => drawn.resolve(Date.now()));
  });
  const [toEvent, toRows]: [number[], number[]] = [[], []];
  for (let sample = 0; sample < samples; sample += 1) {
    // Later each time within a round, so that the samples are not all at the same place of it.
    await pause(3000 + sample * 1300);
    [told, drawn] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
    const { at } = await server.ask('change');
    toEvent.push(((await told.promise) - at) / 1000);
    toRows.push(((await drawn.promise) - at) / 1000);
  }
  stop();
  await server.ask('end');
  return [
    figure('change of an active run to its event', 's', toEvent, { limit: 8 }),
    figure('  to the rows of the sidebar', 's', toRows, { limit: 8.5 }),
  ];
}

/** Watching, once the pace has settled: nothing going on, one run going on, and nobody at the window. */
async function requestsAMinute(server: Server): Promise<readonly Figure[]> {
  const idle = await requestsOf(server, true);
  await server.ask('begin');
  const active = await requestsOf(server, true);
  const hidden = await requestsOf(server, false);
  await server.ask('end');
  return [
    figure('requests a minute while nothing goes on', '', [idle], { limit: 2 }),
    figure('requests a minute while a run goes on', '', [active], { limit: 12 }),
    figure('requests a minute while the window is away', '', [hidden], { limit: 0 }),
  ];
}

async function requestsOf(server: Server, present: boolean): Promise<number> {
  const stop = backendAt(server.address, { time: fastClock, present }).watch(() => undefined);
  const minute = 60_000 / speed;
  await pause(2 * minute);
  const { count: before } = await server.ask('count');
  await pause(counted * minute);
  const { count } = await server.ask('count');
  stop();
  return (count - before) / counted;
}

/** A run of 5,000 tasks in full, and the bare requests for what it is told from, by turns. */
async function manyTasks(server: Server, samples: number): Promise<readonly Figure[]> {
  const { address } = server;
  const body = JSON.stringify({ display_name: 'many tasks', pipeline_spec: tasksSideBySide(5000) });
  const made = await fetch(`${address}/apis/v2beta1/runs`, { method: 'POST', body });
  const { run_id: id } = (await made.json()) as { readonly run_id: RunId };
  await server.ask('later');
  const parts = ['v2beta1', 'v1beta1'].map((version) => `${address}/apis/${version}/runs/${id}`);
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let sample = 0; sample < samples; sample += 1) {
    bare.push(await duration(() => Promise.all(parts.map(async (part) => (await fetch(part)).json()))));
    ours.push(await duration(() => backendAt(address).getRun(id, never)));
  }
  const peer = { peer: 'bare requests', median: median(bare) };
  return [figure('a run of 5,000 tasks in full', 'ms', ours, peer)];
}
