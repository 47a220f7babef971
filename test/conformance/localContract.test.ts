import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import { keepsNothing } from '../contract/keptPipelines.ts';
import { pipelineBackendContract } from '../contract/pipelineBackend.ts';
import { localMachine, never, repository, runEnded, runUntil } from './localMachine.ts';

pipelineBackendContract(
  'this machine',
  async () => {
    const workspace = await mkdtemp(path.join(tmpdir(), 'mlops-workspace-'));
    await cp(path.join(repository, 'test', 'contract', 'pipelines'), workspace, { recursive: true });
    const machine = await localMachine([workspace]);
    const { backend } = machine;
    await backend.compiler?.install(never);
    const pipelines = {
      quick: 'quick.yaml' as PipelineId,
      slow: 'slow.yaml' as PipelineId,
      failing: 'failing.yaml' as PipelineId,
      broken: 'broken.yaml' as PipelineId,
    };
    const quick = await machine.pipelines.forRun(pipelines.quick, never);
    if (quick === undefined) throw new Error('There is no quick.');
    const id = 'elsewhere.yaml' as PipelineId;
    const source = { kind: 'yaml', file: '/elsewhere.yaml', label: 'elsewhere.yaml' } as const;
    return {
      backend,
      given: { ...quick, pipeline: { ...quick.pipeline, id, source } },
      pipelines,
      python: 'quick_python.py:quick_python' as PipelineId,
      running: (id) => runUntil(backend, id, (run) => run.counts.running > 0),
      ended: (id) => runEnded(backend, id),
      edit: async () => {
        const file = path.join(workspace, 'quick.yaml');
        const text = await readFile(file, 'utf8');
        const first = String.raw`"\nimport kfp`;
        await writeFile(file, text.replace(first, String.raw`"\n# Edited.\nimport kfp`));
      },
      remove: async () => {
        await machine.remove();
        await rm(workspace, { recursive: true });
      },
    };
  },
  keepsNothing,
);
