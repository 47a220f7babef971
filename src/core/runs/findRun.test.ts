import { describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
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
    ['deep trees', 'iris-2'],
    ['iris 3', 'iris-3'],
    ['iris', 'iris-3'],
    ['latest', 'iris-3'],
    ['the last run', 'iris-3'],
  ])('finds "%s"', async (text, id) => {
    expect(await resolveRun(backendWithRuns(), text, never)).toBe(id);
  });

  it('finds the last run of a pipeline, and the last of those that failed or went well', async () => {
    const backend = new FakePipelineBackend();
    const of = (name: string) => ({ id: backend.addPipeline({ name }), name });
    const [tree, other] = [of('diabetes-decision-tree'), of('digits')];
    backend.addRun(aRun({ id: 'tree-1', pipeline: tree }));
    backend.addRun(aRun({ id: 'tree-2', pipeline: tree, state: 'failed' }));
    backend.addRun(aRun({ id: 'tree-3', pipeline: tree, state: 'stopped' }));
    backend.addRun(aRun({ id: 'digits-4', pipeline: other, state: 'failed' }));
    for (const [text, id] of [
      ['last diabetes run', 'tree-3'],
      ['last failed diabetes run', 'tree-2'],
      ['the last good run of diabetes tree', 'tree-1'],
      ['last failed', 'digits-4'],
      ['tree diabetes', 'tree-3'],
    ] as const)
      expect(await resolveRun(backend, text, never)).toBe(id);
    await expect(resolveRun(backend, 'last good digits', never)).rejects.toThrow(
      'No run of digits has succeeded',
    );
  });

  it('asks which run is meant when its words are those of several pipelines', async () => {
    const backend = new FakePipelineBackend();
    for (const [index, name] of ['diabetes-svm', 'diabetes-tree'].entries())
      backend.addRun(aRun({ id: `run-${index}`, pipeline: { id: backend.addPipeline({ name }), name } }));
    await expect(resolveRun(backend, 'diabetes', never)).rejects.toMatchObject({
      kind: 'conflict',
      message: '"diabetes" may be several runs: run-1, run-0.',
    });
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
