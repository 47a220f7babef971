import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createKubeflow } from '../../src/adapters/kubeflow/kubeflow.ts';
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
import { type NewRun, startKfpServer } from '../servers/kfp/server.ts';
import type { Scene } from '../servers/kfp/scene.ts';
import { keptPipelines } from './keptPipelines.ts';
import { pipelineBackendContract } from './pipelineBackend.ts';

const never = new AbortController().signal;

pipelineBackendContract(
  'Kubeflow Pipelines',
  async () => {
    const server = await startKfpServer({ step: 20, sceneOf });
    const backend = createKubeflow({
      connection: {
        id: 'cluster' as ConnectionId,
        kind: 'kubeflow',
        name: 'Cluster',
        readOnly: false,
        about: 'Pipelines run on a cluster.',
      },
      endpoint: server.address,
      clock: systemClock,
      log: new SilentLog(),
      attention: { present: true, onDidChange: () => () => undefined },
      pace: { shortest: 20, longestActive: 40, longestIdle: 80 },
    });
    const texts = Object.fromEntries(
      await Promise.all(
        ['quick', 'slow', 'failing', 'broken'].map(async (name) => {
          const file = path.join(import.meta.dirname, 'pipelines', `${name}.yaml`);
          return [name, await readFile(file, 'utf8')] as const;
        }),
      ),
    );
    const upload = async (name: string, more: { readonly description?: string } = {}) =>
      (await uploadTo(server, { name, text: texts[name] ?? '', ...more })) as PipelineId;
    const pipelines = {
      quick: await upload('quick', { description: 'Says a word.' }),
      slow: await upload('slow'),
      failing: await upload('failing'),
      broken: await upload('broken'),
    };
    let edits = 0;
    return {
      backend,
      pipelines,
      given: elsewhere(),
      running: (id) => until(backend, id, (run) => run.counts.running > 0),
      ended: (id) => until(backend, id, (run) => !isActive(run.state)),
      edit: async () => {
        edits += 1;
        server.advance(1000); // the server tells versions apart by the second
        const text = (texts['quick'] ?? '').replace('import kfp', `import kfp # ${edits}`);
        await uploadTo(server, { name: `edit ${edits}`, text, pipeline: pipelines.quick });
      },
      remove: () => server.close(),
    };
  },
  keptPipelines,
);

/** What the pipelines of the suite print and do. */
function sceneOf({ name, parameters }: NewRun): Scene {
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
