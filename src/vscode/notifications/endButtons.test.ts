import { beforeEach, expect, it } from 'vitest';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { Run } from '../../core/domain/run.ts';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryFiles } from '../../../test/fakes/memoryFiles.ts';
import { endButtons } from './endButtons.ts';

const where = { line: 2, function: 'train', offset: 1, text: 'raise ValueError' };
const error = { kind: 'exception', type: 'ValueError', message: 'no', ...where };
const failed = aRun({
  state: 'failed',
  pipeline: { id: 'a' as PipelineId, name: 'a', source: { kind: 'python', file: '/w/a.py' } },
  tasks: [aTask({ state: 'failed', error })],
});
let backend: FakePipelineBackend;
let files: MemoryFiles;

beforeEach(() => {
  backend = new FakePipelineBackend();
  files = new MemoryFiles();
});

async function titles(run: Run, task?: string) {
  backend.addRun(run);
  return (await endButtons(run, task, backend, files)).map(({ title }) => title);
}

it('offers the results after success', async () => {
  expect(await titles(aRun())).toEqual(['Results']);
});

it('offers the failing line after a failure, or the log where the line is unknown', async () => {
  expect(await titles(failed, 'train')).toEqual(['Results', 'Show log', 'Diagnose']);
  files.texts.set('/w/a.py', 'def train():\n    raise ValueError\n');
  expect(await titles(failed, 'train')).toEqual(['Go to line', 'Results', 'Diagnose']);
  files.texts.set('/w/a.py', 'def train():\n    pass\n');
  expect(await titles(failed, 'train')).toEqual(['Results', 'Show log', 'Diagnose']);
});

it('offers the results after a failure without a task', async () => {
  expect(await titles(aRun({ state: 'failed' }))).toEqual(['Results', 'Diagnose']);
  expect(await endButtons(aRun({ id: 'gone-1', state: 'failed' }), 'train', backend, files)).toHaveLength(3);
});
