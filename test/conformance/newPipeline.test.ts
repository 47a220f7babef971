import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { newPipeline } from '../../src/core/pipelines/newPipeline.ts';
import { allow, localMachine, never, runEnded, startRun } from './localMachine.ts';

it('a new pipeline from the template compiles, is described and runs', async () => {
  const workspace = await mkdtemp(path.join(tmpdir(), 'mlops-new-'));
  const { name, file, text } = newPipeline('my-class');
  await writeFile(path.join(workspace, file), text);
  const machine = await localMachine([workspace]);
  try {
    const { items } = await machine.backend.listPipelines({ text: name }, never);
    expect(items.map(({ id, problem }) => [id, problem])).toEqual([
      ['my_class_pipeline.py:my_class_pipeline', undefined],
    ]);
    const id = await allow(machine.backend, items[0]!.id);
    const run = await runEnded(machine.backend, await startRun(machine.backend, id));
    expect(run).toMatchObject({
      state: 'succeeded',
      parameters: { rows: 1000, scale: 1, absolute: true, seed: 42 },
      counts: { total: 2, succeeded: 2 },
    });
    expect(run.metrics).toEqual([
      { name: 'mean', value: expect.closeTo(0.8, 1), task: 'evaluate', artifact: 'metrics' },
    ]);
    const { parameters } = await machine.backend.getPipeline(items[0]!.id, never);
    expect(parameters.map(({ type }) => type).toSorted()).toEqual([
      'boolean',
      'integer',
      'integer',
      'number',
    ]);
  } finally {
    await machine.remove();
    await rm(workspace, { recursive: true });
  }
}, 180_000);
