import { describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import { resolveRun } from './findRun.ts';

const never = new AbortController().signal;

function backendWithRuns(count = 3): FakePipelineBackend {
  const backend = new FakePipelineBackend();
  for (let n = 1; n <= count; n += 1)
    backend.addRun(aRun({ id: `iris-${n}`, name: n < 3 ? 'Deep trees' : `iris ${n}` }));
  return backend;
}

describe('resolveRun', () => {
  it.each([
    ['iris-2', 'iris-2'],
    ['`IRIS-2`', 'iris-2'],
    ['2', 'iris-2'],
    ['#2', 'iris-2'],
    ['run 2', 'iris-2'],
    ['run-2', 'iris-2'],
    ['run number 2', 'iris-2'],
    ['Iris 2', 'iris-2'],
    ['deep-trees', 'iris-2'],
    ['last iris run', 'iris-3'],
    ['the latest run of iris', 'iris-3'],
    ['deep trees', 'iris-2'],
    ['iris 3', 'iris-3'],
    ['iris', 'iris-3'],
    ['latest', 'iris-3'],
    ['the last run', 'iris-3'],
  ])('finds "%s"', async (text, id) => {
    expect(await resolveRun(backendWithRuns(), text, never)).toBe(id);
  });

  it('finds the newest run of the pipeline that has the words', async () => {
    const backend = backendWithRuns();
    for (const name of ['diabetes-decision-tree', 'diabetes-svm', 'big-tree']) backend.addPipeline({ name });
    const of = (name: string) => ({ name, id: `${name}.yaml` as PipelineId });
    backend.addRun(aRun({ id: 'tree-7', pipeline: of('diabetes-decision-tree'), state: 'failed' }));
    backend.addRun(aRun({ id: 'tree-8', pipeline: of('diabetes-decision-tree') }));
    backend.addRun(aRun({ id: 'svm-9', pipeline: of('diabetes-svm') }));
    expect(await resolveRun(backend, 'diabetes tree', never)).toBe('tree-8');
    expect(await resolveRun(backend, 'last failed diabetes tree run', never)).toBe('tree-7');
    await expect(resolveRun(backend, 'diabetes', never)).rejects.toThrow('There is no run "diabetes".');
    await expect(resolveRun(backend, 'diabetes-svm-8', never)).rejects.toThrow('There is no run');
  });

  it('finds runs beyond the first page', async () => {
    expect(await resolveRun(backendWithRuns(450), 'iris-1', never)).toBe('iris-1');
  });

  it.each([
    ['irsi-2', 'Did you mean iris-2?'],
    ['completely-else', 'The newest are iris-3, iris-2, iris-1.'],
  ])('suggests existing runs for "%s"', async (text, hint) => {
    await expect(resolveRun(backendWithRuns(), text, never)).rejects.toMatchObject({
      kind: 'notFound',
      message: `There is no run "${text}".`,
      hint,
    });
  });

  it('says when there are no runs', async () => {
    await expect(resolveRun(backendWithRuns(0), 'latest', never)).rejects.toMatchObject({
      message: 'There are no runs yet.',
    });
    await expect(resolveRun(backendWithRuns(0), 'iris-1', never)).rejects.toMatchObject({
      hint: 'There are no runs yet.',
    });
  });
});
