import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import { pipelineFilesContract } from '../contract/pipelineFiles.ts';
import { localMachine, never, repository } from './localMachine.ts';

pipelineFilesContract('a folder of this machine', async () => {
  const workspace = await mkdtemp(path.join(tmpdir(), 'mlops-workspace-'));
  await cp(path.join(repository, 'test', 'contract', 'pipelines'), workspace, { recursive: true });
  const machine = await localMachine([workspace]);
  await machine.pipelines.compiler.install(never);
  return {
    files: machine.pipelines,
    quick: 'quick.yaml' as PipelineId,
    broken: 'broken.yaml' as PipelineId,
    python: 'quick_python.py:quick_python' as PipelineId,
    edit: async () => {
      const file = path.join(workspace, 'quick.yaml');
      await writeFile(file, `${await readFile(file, 'utf8')}# Edited.\n`);
      machine.files.changed();
    },
    trust: (trusted) => (machine.files.isTrusted = trusted),
    remove: async () => {
      await machine.remove();
      await rm(workspace, { recursive: true });
    },
  };
});
