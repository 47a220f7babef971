import { expect, test } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import { lastRunOfFile } from './lastRunOfFile.ts';

const of = (id: string, file: string) =>
  aRun({
    id,
    pipeline: { id: file as PipelineId, name: 'x', source: { kind: 'yaml', file: `/projects/${file}` } },
  });
const runs = [of('gate-3', 'gate.yaml'), of('iris-2', 'iris.yaml'), of('iris-1', 'iris.yaml')];

test('the last run of a file is found, also when it ran as the YAML that was compiled from it', () => {
  expect(lastRunOfFile(runs, '/projects/iris.yaml')?.id).toBe('iris-2');
  expect(lastRunOfFile(runs, '/projects/iris.py')?.id).toBe('iris-2');
});

test('a file that no run is of gives the newest run', () => {
  expect(lastRunOfFile(runs, '/projects/notes.md')?.id).toBe('gate-3');
  expect(lastRunOfFile([], '/projects/iris.py')).toBeUndefined();
});
