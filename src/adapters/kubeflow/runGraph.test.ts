import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { playLife, readLife, type RecordedLife } from '../../../test/servers/kfp/recordedLife.ts';
import { type KfpServer, startKfpServer } from '../../../test/servers/kfp/server.ts';
import { specOf } from '../../../test/servers/kfp/specs.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { runGraph, type GraphNode, type RunGraph } from '../../core/results/runGraph.ts';
import { createKubeflow } from './kubeflow.ts';

const recordings = path.join(import.meta.dirname, '..', '..', '..', 'test', 'recordings', 'kfp');
const never = new AbortController().signal;

let server: KfpServer;
let life: RecordedLife | undefined;
let backend: PipelineBackend;

beforeEach(async () => {
  server = await startKfpServer({ lifeOf: (run, now) => life && playLife(life, run, now) });
  backend = createKubeflow({
    connection: { id: 'c' as ConnectionId, kind: 'kubeflow', name: 'Cluster', readOnly: false, about: '' },
    endpoint: server.address,
    clock: new FakeClock(),
    log: new SilentLog(),
    attention: { present: true, onDidChange: () => () => undefined },
  });
});
afterEach(() => server.close());

/** Plays a recorded run, and gives its graph after each of these times, in seconds. */
async function graphsOf(name: string, ...seconds: readonly number[]): Promise<readonly RunGraph[]> {
  life = await readLife(path.join(recordings, 'lives', `${name}.json`));
  const text = await readFile(path.join(recordings, 'pipelines', life.pipeline), 'utf8');
  await fetch(`${server.address}/apis/v2beta1/runs`, {
    method: 'POST',
    body: JSON.stringify({ display_name: name, pipeline_spec: specOf(text) }),
  });
  const id = [...server.state.runs.keys()][0] as RunId;
  const graphs: RunGraph[] = [];
  let now = 0;
  for (const at of seconds) {
    server.advance((at - now) * 1000);
    now = at;
    graphs.push(runGraph(await backend.taskGraph(id, never), await backend.getRun(id, never)));
  }
  return graphs;
}

const linesOf = ({ children, edges }: Pick<GraphNode, 'children' | 'edges'>): readonly string[] =>
  children.flatMap((node) => {
    const after = edges.filter(({ to }) => to === node.row.path).map(({ from }) => from);
    const { label, kind, word, note } = node.row;
    const line = [
      `${label} (${kind}): ${word}`,
      ...(note === '' ? [] : [`(${note})`]),
      ...(node.condition === undefined ? [] : [`if ${node.condition}`]),
      ...(after.length === 0 ? [] : [`after ${after.join(', ')}`]),
    ].join(' ');
    return [line, ...linesOf(node).map((inner) => `  ${inner}`)];
  });

describe('the graph of a run as it was recorded', () => {
  it('has each iteration of a loop, and which of them failed', async () => {
    const [begun, ended] = await graphsOf('loop-one-fails', 1, 200);
    expect(linesOf(begun!)).toEqual([
      'for-loop-2 (loop): waiting after say',
      '  shell (task): waiting',
      'say (task): waiting',
      'say-2 (task): waiting',
    ]);
    expect(linesOf(ended!)).toEqual([
      'for-loop-2 (loop): failed after say',
      '  [0] (iteration): succeeded',
      '    shell (task): succeeded',
      '  [1] (iteration): failed',
      '    shell (task): failed',
      '  [2] (iteration): succeeded',
      '    shell (task): succeeded',
      'say (task): succeeded',
      'say-2 (task): succeeded',
    ]);
  });

  it('nests pipelines in pipelines', async () => {
    const [ended] = await graphsOf('nested-pipeline', 300);
    expect(linesOf(ended!)).toEqual([
      'First half (dag): succeeded',
      '  load-iris (task): succeeded',
      '  train-tree (task): succeeded after inner-part/load-iris',
      'inner-part-2 (dag): succeeded',
      '  load-iris (task): succeeded',
      '  train-tree (task): succeeded after inner-part-2/load-iris',
      'say (task): succeeded after inner-part, inner-part-2',
    ]);
  });

  it('tells which branch was taken', async () => {
    const [ended] = await graphsOf('condition-left', 300);
    expect(linesOf(ended!)).toEqual([
      'condition-branches-1 (condition): succeeded after say',
      "  condition-2 (condition): succeeded if say-Output == 'left'",
      '    say-2 (task): succeeded',
      "  condition-3 (condition): skipped (its condition was false) if !(say-Output == 'left') && say-Output == 'right'",
      '    say-3 (task): skipped (its condition was false)',
      "  condition-4 (condition): skipped (its condition was false) if !(say-Output == 'left') && !(say-Output == 'right')",
      '    say-4 (task): skipped (its condition was false)',
      'say (task): succeeded',
    ]);
  });

  it('shows what comes after a failure in any case', async () => {
    const [ended] = await graphsOf('exit-handler-after-failure', 300);
    expect(linesOf(ended!)).toEqual([
      'guarded (exit): failed',
      '  break-down (task): failed after exit-handler-1/say',
      '  say (task): succeeded',
      'tidy-up (task): succeeded after exit-handler-1',
    ]);
  });

  it('shows importers as such', async () => {
    const [ended] = await graphsOf('imported-artifact', 300);
    expect(linesOf(ended!)).toEqual([
      'importer (importer): succeeded',
      'train-tree (task): succeeded after importer',
    ]);
  });
});
