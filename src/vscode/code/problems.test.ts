import { beforeEach, describe, expect, it } from 'vitest';
import type { PipelineId, PipelineSummary } from '../../core/domain/pipeline.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import type { KnownCode } from './pipelineCode.ts';
import { Problems } from './problems.ts';

const pipeline = 'train.py:train' as PipelineId;
const error = { kind: 'exception', type: 'KeyError', message: "'species'\nmore", line: 9 };
const wrong = (line?: number) =>
  new MlopsError('invalid', `train.py, line ${line}: ValueError: not: today`, {
    place: { file: '/w/train.py', ...(line === undefined ? {} : { line }) },
  });
let problems: Problems;

beforeEach(() => {
  problems = new Problems();
});

function failing(more: Partial<PipelineSummary> = {}, changed = false): KnownCode {
  const run = aRun({ id: 'flowers-1', state: 'failed' });
  const task = { ...aTask({ path: 'train', state: 'failed' }), error };
  const listed = {
    id: pipeline,
    name: 'train',
    source: { kind: 'python', file: '/w/train.py' },
    ...more,
  } as const;
  return {
    pipelines: [listed],
    last: new Map([[pipeline, run]]),
    failures: new Map([[run.id, { file: '/w/train.py', line: 12, changed, task }]]),
  };
}

describe('Problems', () => {
  it('include pipelines that cannot be read, at their line or else at the first', () => {
    const problem = { what: 'syntax', message: 'Python cannot read the file: invalid syntax.' };
    problems.know({ ...failing({ problem: { ...problem, line: 4 } }), failures: new Map() });
    expect(problems.all()).toEqual([{ file: '/w/train.py', line: 4, message: problem.message }]);
    problems.know({ ...failing({ problem }), failures: new Map() });
    expect(problems.all()[0]?.line).toBe(1);
  });

  it('include errors of compiling, until it succeeds or the pipeline is gone', () => {
    expect(problems.compiled({ pipeline, error: wrong(5) })).toBe(true);
    expect(problems.all()).toEqual([{ file: '/w/train.py', line: 5, message: 'ValueError: not: today' }]);
    expect(problems.compiled({ pipeline, error: new MlopsError('timeout', 'Slow.') })).toBe(false);
    expect(problems.all()).toHaveLength(1);
    expect(problems.compiled({ pipeline })).toBe(true);
    expect(problems.all()).toEqual([]);
    problems.compiled({ pipeline, error: wrong(5) });
    expect(problems.compiled({ pipeline, error: new MlopsError('notFound', 'Gone.') })).toBe(true);
    expect(problems.all()).toEqual([]);
  });

  it('of compiling stay with their pipeline, whichever variant is listed', () => {
    problems.compiled({ pipeline, error: wrong(5) });
    problems.know({ ...failing(), failures: new Map() });
    expect(problems.all()).toHaveLength(1);
    const twin = { id: pipeline, source: { kind: 'python', file: '/w/train.py' } } as const;
    problems.know({ ...failing({ id: 'train.yaml' as PipelineId, twin }), failures: new Map() });
    expect(problems.all()).toHaveLength(1);
    problems.know({ ...failing(), pipelines: [], failures: new Map() });
    expect(problems.all()).toEqual([]);
  });

  it('appear once when two pipelines of a file have the same error', () => {
    problems.compiled({ pipeline, error: wrong(5) });
    problems.compiled({ pipeline: 'train.py:other' as PipelineId, error: wrong(5) });
    expect(problems.all()).toHaveLength(1);
  });

  it('include the lines that last runs failed on', () => {
    problems.know(failing());
    expect(problems.all()).toEqual([
      { file: '/w/train.py', line: 12, message: "KeyError: 'species' (flowers-1, task train)" },
    ]);
    problems.know(failing({}, true));
    expect(problems.all()).toEqual([]);
  });

  it('disappear for good when the file is edited at or above the line', () => {
    problems.know(failing());
    expect(problems.edited('/w/train.py', 13)).toBe(false);
    expect(problems.edited('/w/other.py', 1)).toBe(false);
    expect(problems.all()).toHaveLength(1);
    expect(problems.edited('/w/train.py', 12)).toBe(true);
    expect(problems.edited('/w/train.py', 3)).toBe(false);
    problems.know(failing());
    expect(problems.all()).toEqual([]);
  });
});
