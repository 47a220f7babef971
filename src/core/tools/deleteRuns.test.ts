import { beforeEach, describe, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { overriding } from '../ports/overriding.ts';
import { renderQuestionMarkdown } from '../text/renderQuestionMarkdown.ts';
import { deleteRunsTool } from './deleteRuns.ts';

const signal = new AbortController().signal;
const iris = { id: 'iris.yaml' as PipelineId, name: 'iris' };
let backend: FakePipelineBackend;
let questions: string[];

beforeEach(() => {
  backend = new FakePipelineBackend();
  questions = [];
});

const ask = async (input: object) => {
  const asked = await deleteRunsTool.prepare(input, toolDeps(backend), signal);
  return asked && { ...renderQuestionMarkdown(asked.question), input: asked.input };
};
const call = async (input: object, from = overriding(backend, {})) => {
  const deps = toolDeps(backend, {
    backend: async () => from,
    ask: async (question) => questions.push(renderQuestionMarkdown(question).title) > 0,
  });
  return (await deleteRunsTool.call(input, deps, signal)).text;
};

describe('deleting several runs', () => {
  const object = { bucket: 'artifacts', key: 'iris/iris-3/model' };
  const model = { name: 'model', type: 'Model', uri: '', metadata: {}, object };

  it('asks once about several runs, naming each and what stays of it, and deletes no other', async () => {
    backend.addRun(aRun({ id: 'iris-2', pipeline: iris }));
    backend.addRun(aRun({ id: 'iris-3', pipeline: iris, tasks: [aTask({ artifacts: [model] })] }));
    backend.addRun(aRun({ id: 'iris-4', pipeline: iris }));
    const asked = await ask({ runs: ['last', 3, 'iris-3'] });
    expect(asked).toEqual({
      title: 'Delete 2 runs?',
      message: [
        'The records and the logs of `iris-4`, `iris-3` go for good; artifacts stay.',
        'With each:\n- `iris-4`: logs of 4 tasks, no artifacts\n- `iris-3`: logs of 4 tasks (0 B), 1 artifact stays in `artifacts/iris/iris-3/`',
      ].join('\n\n'),
      input: { connection: 'this-machine', runs: ['iris-4', 'iris-3'] },
    });
    backend.addRun(aRun({ id: 'iris-5', pipeline: iris }));
    expect(await call(asked?.input ?? {})).toBe(
      '`iris-4`, `iris-3` were deleted. Their 1 artifact stays in `artifacts/iris/iris-3/`.',
    );
    expect(questions).toEqual(['Delete 2 runs?']);
    expect([...backend.runs.keys()]).toEqual(['iris-2', 'iris-5']);
  });

  it('says which runs were deleted and which were not', async () => {
    for (const id of ['iris-2', 'iris-3', 'iris-4']) backend.addRun(aRun({ id, pipeline: iris }));
    const failing = overriding(backend, {
      deleteRun: async (id, aborted) => {
        if (id === 'iris-3') throw new MlopsError('forbidden', 'Its folder is read-only.');
        await backend.deleteRun(id, aborted);
      },
    });
    const input = { runs: ['iris-2', 'iris-3', 'iris-4'] };
    expect(await call(input, failing)).toBe(
      '`iris-2`, `iris-4` were deleted.\n\n`iris-3` was not deleted: its folder is read-only.',
    );
  });

  it('deletes none of several runs when one of them is active', async () => {
    backend.addRun(aRun({ id: 'iris-2', pipeline: iris }));
    backend.addRun(aRun({ id: 'iris-3', pipeline: iris, state: 'running' }));
    await expect(ask({ runs: ['iris-2', 'iris-3'] })).rejects.toThrow('iris-3 is still running.');
    await expect(call({})).rejects.toThrow('No run was named.');
    expect(backend.runs.size).toBe(2);
  });
});
