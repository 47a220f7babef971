import path from 'node:path';
import { isActive } from '../../../../src/core/domain/run.ts';
import { localMachine, never, repository, runUntil, startRun } from '../../../conformance/localMachine.ts';

const installMs = 600_000;

/** Makes the Python environments that the tests use, and what compiles, unless they are there: what is asked before a run then is always the same. */
export async function setup(): Promise<void> {
  const folders = ['resources/samples', 'test/editor/ui/workspaces/pipelines'];
  const machine = await localMachine(folders.map((folder) => path.join(repository, folder)));
  try {
    const { items } = await machine.backend.listPipelines({ size: 50 }, never);
    for (const name of ['iris', 'flowers', 'first-bug']) {
      const pipeline = items.find((item) => item.name === name);
      if (pipeline === undefined) throw new Error(`The pipeline ${name} is not there.`);
      const request = { pipeline: pipeline.id, parameters: {}, cache: true, idempotencyKey: name };
      const { install } = await machine.backend.prepareRun(request, never);
      if (install.length === 0) continue;
      const run = await startRun(machine.backend, pipeline.id);
      await runUntil(machine.backend, run, ({ state }) => !isActive(state), installMs);
    }
    const { compiler } = machine.backend;
    if (!(await compiler?.isInstalled(never))) await compiler?.install(never);
  } finally {
    await machine.remove();
  }
}
