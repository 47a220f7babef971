import { beforeEach, describe, expect, it } from 'vitest';
import type { PipelineId, PipelineSource } from '../../core/domain/pipeline.ts';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { MemoryFiles } from '../../../test/fakes/memoryFiles.ts';
import { failurePlace, failurePlaces, nearPlace, sharpPlace } from './failurePlace.ts';

const train = 'def train(rows):\n    total = 0\n    total += rows[0]\n';
const error = {
  kind: 'exception',
  type: 'KeyError',
  message: "'a'",
  line: 9,
  function: 'train',
  offset: 2,
  text: 'total += rows[0]',
};
let files: MemoryFiles;

beforeEach(() => {
  files = new MemoryFiles();
});

function failed(source: PipelineSource, more: Parameters<typeof aTask>[0] = {}) {
  const tasks = [aTask({ path: 'load' }), aTask({ state: 'failed', error, ...more })];
  const pipeline = { id: 'flowers' as PipelineId, name: 'flowers', source };
  return aRun({ state: 'failed', pipeline, tasks, error: { ...error, task: 'train' } });
}

describe('the place of a failure', () => {
  it('is in the pipeline’s own Python file when the line is there', async () => {
    files.texts.set('/w/flowers.py', train);
    const place = await failurePlace(failed({ kind: 'python', file: '/w/flowers.py' }), files, {});
    expect(place).toMatchObject({ file: '/w/flowers.py', line: 3, changed: false, task: { path: 'train' } });
  });

  it('is named in texts also where the file is elsewhere in the workspace, and the line is the same', async () => {
    files.texts.set('/w/lib/first_bug.py', train);
    files.workspace = ['/w/lib/first_bug.py'];
    const run = failed({ kind: 'sample', file: '/samples/first_bug.yaml' });
    expect(await nearPlace(run, files, {}, 'train')).toBeUndefined();
    expect(await sharpPlace(run, files, {}, 'train')).toMatchObject({ file: '/w/lib/first_bug.py', line: 3 });
    files.texts.set('/w/lib/first_bug.py', train.replace('rows[0]', 'rows[1]'));
    expect(await sharpPlace(run, files, {}, 'train')).toBeUndefined();
  });

  it('is in the file that a YAML was compiled from, or in a file beside it', async () => {
    files.texts.set('/w/other.py', train);
    const yaml = { kind: 'yaml', file: '/w/flowers.yaml' } as const;
    expect(await failurePlace(failed(yaml), files, {})).toMatchObject({ file: '/w/other.py' });
    files.texts.set('/w/flowers.py', train);
    expect(await failurePlace(failed(yaml), files, {})).toMatchObject({ file: '/w/flowers.py' });
  });

  it('is found anywhere in the workspace where exactly the same line is', async () => {
    files.texts.set('/w/flowers.py', 'from lib.parts import train\n');
    files.texts.set('/w/lib/parts.py', train);
    files.texts.set('/w/lib/old.py', train.replace('rows[0]', 'rows[1]'));
    files.workspace = ['/w/lib/old.py', '/w/lib/parts.py'];
    const run = failed({ kind: 'python', file: '/w/flowers.py' });
    expect(await failurePlace(run, files, {})).toMatchObject({ file: '/w/lib/parts.py', line: 3 });
    files.workspace = ['/w/lib/old.py'];
    expect(await failurePlace(run, files, {})).toBeUndefined();
  });

  it('is marked as changed when the line is no longer there', async () => {
    files.texts.set('/w/flowers.py', train.replace('rows[0]', 'rows[1]'));
    const place = await failurePlace(failed({ kind: 'python', file: '/w/flowers.py' }), files, {});
    expect(place).toMatchObject({ line: 1, changed: true });
  });

  it('is never in the files of a sample, which are not the person’s', async () => {
    files.texts.set('/extension/first_bug.py', train);
    const sample = { kind: 'sample', file: '/extension/first_bug.yaml' } as const;
    expect(await failurePlace(failed(sample), files, {})).toBeUndefined();
    files.texts.set('/w/first_bug.py', train);
    files.workspace = ['/w/first_bug.py'];
    expect(await failurePlace(failed(sample), files, {})).toMatchObject({ file: '/w/first_bug.py' });
  });

  it('does not exist for a task that failed without a line or that did not fail', async () => {
    files.texts.set('/w/flowers.py', train);
    const python = { kind: 'python', file: '/w/flowers.py' } as const;
    const { line: _, ...lineless } = error;
    expect(await failurePlace(failed(python, { error: lineless }), files, {})).toBeUndefined();
    expect(await failurePlace(failed(python), files, {}, 'load')).toBeUndefined();
  });
});

describe('a failing line that several files contain', () => {
  const other = `${train}    return 1\n`;
  const run = failed({ kind: 'python', file: '/w/flowers.py' });
  const placesIn = async (sources: Parameters<typeof failurePlaces>[2]) =>
    (await failurePlaces(run, files, sources)).map(({ file }) => file);

  beforeEach(() => {
    files.texts.set('/w/flowers.py', 'from lib import a, b\n');
    files.texts.set('/w/lib/a.py', train);
    files.texts.set('/w/lib/b.py', other);
    files.texts.set('/w/old/b.py', other);
    files.workspace = ['/w/lib/a.py', '/w/lib/b.py', '/w/old/b.py'];
  });

  it('is found in the file whose function is the same as the one that ran', async () => {
    files.workspace = ['/w/lib/a.py', '/w/lib/b.py'];
    const readSource = async () => `import kfp\n\n${other}`;
    expect(await placesIn({ readSource })).toEqual(['/w/lib/b.py']);
  });

  it('is found in a file that the pipeline imports before any other file, even one beside it', async () => {
    files.texts.set('/w/beside.py', other);
    const importedFiles = async () => ['/w/flowers.py', '/w/lib/b.py'];
    expect(await placesIn({ importedFiles })).toEqual(['/w/lib/b.py']);
    expect(await placesIn({ importedFiles, readSource: async () => other })).toEqual(['/w/lib/b.py']);
  });

  it('has several possible places when all files match equally, and none is chosen', async () => {
    expect(await placesIn({ readSource: async () => other })).toEqual(['/w/lib/b.py', '/w/old/b.py']);
    expect(await failurePlace(run, files, { readSource: async () => other })).toBeUndefined();
    const gone = () => Promise.reject(new Error('gone'));
    expect(await placesIn({ readSource: gone, importedFiles: gone })).toEqual(files.workspace);
  });
});
