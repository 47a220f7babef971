import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createKubeflow, type KubeflowOptions } from '../../src/adapters/kubeflow/kubeflow.ts';
import type { ConnectionId } from '../../src/core/domain/connection.ts';
import type { Pipeline, PipelineId } from '../../src/core/domain/pipeline.ts';
import { isActive, type Run, type RunId } from '../../src/core/domain/run.ts';
import { describeSpecification } from '../../src/core/pipelineSpec/describeSpecification.ts';
import type { GivenSpec } from '../../src/core/pipelineSpec/givenPipeline.ts';
import type { PipelineBackend } from '../../src/core/ports/pipelineBackend.ts';
import { aSpecification } from '../fakes/aSpecification.ts';
import { SilentLog } from '../fakes/silentLog.ts';
import { systemClock } from '../fakes/systemClock.ts';
import { uploadTo } from '../servers/kfp/client.ts';
import type { Scene } from '../servers/kfp/scene.ts';
import type { NewRun } from '../servers/kfp/server.ts';
import type { BackendSubject } from './pipelineBackend.ts';

const never = new AbortController().signal;
const names = ['quick', 'slow', 'failing', 'broken'] as const;

/** A server of Kubeflow Pipelines, and the way to it. */
export interface SubjectServer {
  readonly address: string;
  /** How the backend reaches it; absent: at its address. */
  readonly way?: Pick<KubeflowOptions, 'endpoint' | 'fetch' | 'pods' | 'where' | 'page'>;
  /** Comes back when the server tells the next version apart from the last one. */
  readonly nextVersion: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The backend of a server, which gets the pipelines of the suite. */
export async function kubeflowSubject(server: SubjectServer): Promise<BackendSubject> {
  const backend = createKubeflow({
    connection: {
      id: 'cluster' as ConnectionId,
      kind: 'kubeflow',
      name: 'Cluster',
      readOnly: false,
      about: 'Pipelines run on a cluster.',
    },
    clock: systemClock,
    log: new SilentLog(),
    attention: { present: true, onDidChange: () => () => undefined },
    pace: { shortest: 20, longestActive: 40, longestIdle: 80, away: 80 },
    ...(server.way ?? { endpoint: server.address }),
  });
  const texts = await Promise.all(
    names.map((name) => readFile(path.join(import.meta.dirname, 'pipelines', `${name}.yaml`), 'utf8')),
  );
  const ids: PipelineId[] = [];
  for (const [index, name] of names.entries()) {
    const description = name === 'quick' ? 'Says a word.' : '';
    ids.push((await uploadTo(server, { name, text: texts[index] ?? '', description })) as PipelineId);
  }
  const [quick, slow, failing, broken] = ids as [PipelineId, PipelineId, PipelineId, PipelineId];
  let edits = 0;
  return {
    backend,
    pipelines: { quick, slow, failing, broken },
    given: elsewhere(),
    running: (id) => until(backend, id, (run) => run.counts.running > 0),
    ended: (id) => until(backend, id, (run) => !isActive(run.state)),
    edit: async () => {
      edits += 1;
      await server.nextVersion();
      const text = (texts[0] ?? '').replace('import kfp', `import kfp # ${edits}`);
      await uploadTo(server, { name: `edit ${edits}`, text, pipeline: quick });
    },
    remove: server.close,
  };
}

/** What the pipelines of the suite print and do. */
export function sceneOf({ name, parameters }: NewRun): Scene {
  const { word = '', times = 1 } = parameters;
  const text = Array.from({ length: Number(times) }, () => word).join(' ');
  if (name === 'failing') {
    const raises = { at: 'raise ValueError', type: 'ValueError', message: String(parameters['message']) };
    return { tasks: { fail: [{ do: 'exit', code: 1, log: 'about to fail\n', raises }] } };
  }
  if (name === 'slow') return { tasks: { sleep: [{ do: 'ok', steps: 10_000 }] } };
  const metadata = { metrics: { length: text.length } };
  return {
    tasks: {
      say: [{ do: 'ok', log: `say ${text}\n`, writes: { values: { Output: text } } }],
      measure: [{ do: 'ok', writes: { metadata } }],
    },
  };
}

function elsewhere(): GivenSpec {
  const specification = aSpecification('elsewhere');
  const id = 'elsewhere.yaml' as PipelineId;
  const source = { kind: 'yaml', file: '/workspace/elsewhere.yaml', label: 'elsewhere.yaml' } as const;
  const pipeline: Pipeline = describeSpecification({ id, name: 'elsewhere', source }, specification);
  return { kind: 'spec', pipeline, specification };
}

/** Waits for what the server plays. */
async function until(backend: PipelineBackend, id: RunId, holds: (run: Run) => boolean): Promise<Run> {
  for (;;) {
    const run = await backend.getRun(id, never);
    if (holds(run)) return run;
  }
}
