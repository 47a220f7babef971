// Servers with very many runs, and runs with very many tasks.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { systemClock } from '../../../test/fakes/systemClock.ts';
import { uploadTo } from '../../../test/servers/kfp/client.ts';
import { addCopies, startRunOf } from '../../../test/servers/kfp/manyRuns.ts';
import { tasksInLoop, tasksSideBySide } from '../../../test/servers/kfp/manyTasks.ts';
import { type KfpServer, startKfpServer } from '../../../test/servers/kfp/server.ts';
import type { Struct } from '../../../test/servers/kfp/struct.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { Run, RunId } from '../../core/domain/run.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { runResults } from '../../core/results/runResults.ts';
import { describeRun } from '../../core/runs/describeRun.ts';
import { taskBranches } from '../../vscode/trees/taskRows.ts';
import { createKubeflow } from './kubeflow.ts';

const recordings = path.join(import.meta.dirname, '..', '..', '..', 'test', 'recordings', 'kfp');
const never = new AbortController().signal;
const hour = 3_600_000;
/** Longest time in which a run of 5,000 tasks is read and told, in milliseconds, on a machine with much else to do; it takes 3 s on an idle one. */
const bound = 30_000;

let server: KfpServer;
let backend: PipelineBackend;
let original: string;

beforeEach(async () => {
  server = await startKfpServer({ behind: hour });
  backend = createKubeflow({
    connection: { id: 'c' as ConnectionId, kind: 'kubeflow', name: 'Cluster', readOnly: false, about: '' },
    endpoint: server.address,
    clock: systemClock,
    log: new SilentLog(),
    attention: { present: false, onDidChange: () => () => undefined },
  });
});
afterEach(() => server.close());

describe('thousands of runs', () => {
  const many = 10_000;

  beforeEach(async () => {
    const text = await readFile(path.join(recordings, 'pipelines', 'iris_train.yaml'), 'utf8');
    // Before its first report, so that a page is small.
    original = await startRunOf(server, await uploadTo(server, { name: 'iris', text }));
  });

  it('are listed page by page, each run once, the newest first', { timeout: 2 * bound }, async () => {
    addCopies(server, original, many - 1);
    const ids = new Set<RunId>();
    const times: number[] = [];
    let page: string | undefined;
    do {
      const read = await backend.listRuns({ size: 200, ...(page === undefined ? {} : { page }) }, never);
      expect(read.items.length).toBeLessThanOrEqual(200);
      for (const { id, createdAt } of read.items) {
        ids.add(id);
        times.push(createdAt);
      }
      page = read.next;
    } while (page !== undefined);
    expect([ids.size, times.length]).toEqual([many, many]);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(server.calls.filter((call) => call.endsWith('/runs')).length).toBe(many / 200 + 1);
  });

  it('are looked through up to a bound for those that a list asks for, which says so', async () => {
    addCopies(server, original, 2100);
    const found = await backend.listRuns({ pipeline: 'none' as PipelineId }, never);
    expect(found).toMatchObject({ items: [], cut: 'Only 2000 runs were looked through so far.' });
  });

  it('can be left in the middle', async () => {
    addCopies(server, original, 1000);
    const stop = new AbortController();
    let pages = 0;
    server.interfere(() => {
      pages += 1;
      if (pages === 3) stop.abort();
      return undefined;
    });
    const asked = backend.listRuns({ pipeline: 'none' as PipelineId }, stop.signal);
    await expect(asked).rejects.toMatchObject({ kind: 'cancelled' });
    expect(pages).toBe(3);
  });
});

describe('a run of 5,000 tasks', () => {
  const pipelines: readonly (readonly [string, Struct])[] = [
    ['side by side', tasksSideBySide(5000)],
    ['in a loop', tasksInLoop(2500)],
  ];

  it.each(pipelines)('is read and told within bounds: %s', { timeout: bound }, async (_where, spec) => {
    const run = await ran(spec);
    expect(run.counts).toMatchObject({ total: 5000, succeeded: 5000 });
    const text = describeRun(run, undefined, { now: run.createdAt, lastLines: new Map() });
    expect(text.length).toBeLessThan(8000);
    const graph = await backend.taskGraph(run.id, never);
    const results = runResults(run, undefined, graph);
    expect(results.tasks.length).toBeLessThanOrEqual(500);
    expect(results.cut.join(' ')).toContain('tasks are shown.');
    expect(JSON.stringify(results).length).toBeLessThan(500_000);
    expect(rowsIn(taskBranches(run, run.createdAt, new Map()))).toBeLessThan(1000);
  });
});

async function ran(spec: Struct): Promise<Run> {
  const body = JSON.stringify({ display_name: 'many tasks', pipeline_spec: spec });
  const response = await fetch(`${server.address}/apis/v2beta1/runs`, { method: 'POST', body });
  const { run_id: id } = (await response.json()) as { readonly run_id: RunId };
  server.advance(hour);
  return backend.getRun(id, never);
}

interface Rows {
  readonly children?: readonly Rows[] | undefined;
}

function rowsIn(branches: readonly Rows[]): number {
  return branches.reduce((sum, { children = [] }) => sum + 1 + rowsIn(children), 0);
}
