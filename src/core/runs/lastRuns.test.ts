import { beforeEach, describe, expect, test } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { PipelineId, PipelineSource } from '../domain/pipeline.ts';
import type { PipelineVariant } from '../domain/pipelineVariant.ts';
import { allPipelines } from '../pipelines/allPipelines.ts';
import { lastRuns, lastRunsOfFile, withRun } from './lastRuns.ts';

const never = new AbortController().signal;
let backend: FakePipelineBackend;

const form = (id: string, kind: PipelineSource['kind'] = 'python') => ({
  id: id as PipelineId,
  source: { kind, file: `/w/${id.replace(/:.*/, '')}` },
});
const python = form('train.py:iris');
const yaml = form('iris.yaml', 'yaml');
const gate = form('train.py:gate');

const ran = ({ id, source }: PipelineVariant, run: string) =>
  backend.addRun(aRun({ id: run, pipeline: { id, name: run, ...(source === undefined ? {} : { source }) } }));
const ofFile = async (file: string) =>
  (await lastRunsOfFile(backend, `/w/${file}`, await allPipelines(backend, never), never)).map(
    ({ id }) => id,
  );
beforeEach(() => {
  backend = new FakePipelineBackend();
  backend.addPipeline({ name: 'iris', ...yaml, twin: python });
  backend.addPipeline({ name: 'gate', ...gate });
});

describe('the last runs of a file', () => {
  test('are one for each pipeline in it, newest first', async () => {
    ran(python, 'iris-1');
    ran(gate, 'gate-2');
    ran(gate, 'gate-3');
    ran(python, 'iris-4');
    expect(await ofFile('train.py')).toEqual(['iris-4', 'gate-3']);
  });

  test('are the same for a Python file and what it was compiled to', async () => {
    ran(python, 'iris-1');
    ran(yaml, 'iris-2');
    expect(await ofFile('iris.yaml')).toEqual(['iris-2']);
    expect(await ofFile('train.py')).toEqual(['iris-2']);
  });

  test('leave out another pipeline in a file of a similar name', async () => {
    ran(form('train.yaml', 'yaml'), 'other-1');
    expect(await ofFile('train.py')).toEqual([]);
  });

  test('are found when its pipelines are no longer listed', async () => {
    const old = form('old.py:old');
    ran(old, 'old-1');
    ran(old, 'old-2');
    expect(await ofFile('old.py')).toEqual(['old-2']);
  });

  test('are found behind many runs of other pipelines', async () => {
    ran(python, 'iris-1');
    for (let number = 2; number < 300; number += 1) ran(form('loud.yaml', 'yaml'), `loud-${number}`);
    expect(await ofFile('train.py')).toEqual(['iris-1']);
  });
});

describe('known last runs', () => {
  test('are replaced by a newer run or a new state of the same run, not by an older run', async () => {
    ran(yaml, 'iris-2');
    const pipelines = [...backend.pipelines.values()];
    const last = await lastRuns(backend, pipelines, never);
    expect([...last.keys()]).toEqual([yaml.id]);
    const after = (id: string, state: 'running' | 'failed') =>
      withRun(last, pipelines, aRun({ id, state, pipeline: { ...python, name: 'iris' } })).get(yaml.id);
    expect(after('iris-3', 'running')?.id).toBe('iris-3');
    expect(after('iris-2', 'failed')?.state).toBe('failed');
    expect(after('iris-1', 'failed')?.state).toBe('succeeded');
  });
});
