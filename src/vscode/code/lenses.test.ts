import { describe, expect, it } from 'vitest';
import type { PipelineId, PipelineSource, PipelineSummary } from '../../core/domain/pipeline.ts';
import type { Run } from '../../core/domain/run.ts';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { lensesOf } from './lenses.ts';
import type { KnownCode } from './pipelineCode.ts';

const file = '/w/iris.py';
const text = `from kfp import dsl

@dsl.component
def train():
    raise ValueError('no')

@dsl.pipeline(
    name="iris")
def iris():
    train()
`;
const source: PipelineSource = { kind: 'python', file, function: 'iris', label: 'iris.py' };
const pipeline: PipelineSummary = { id: 'iris.py:iris' as PipelineId, name: 'iris', source };
const context = { now: 1_008_000 + 2 * 60_000, trusted: true };
const code = { file, text, dirty: false };
const error = {
  kind: 'exception',
  type: 'ValueError',
  message: 'no',
  line: 7,
  function: 'train',
  offset: 1,
  text: "raise ValueError('no')",
};

function knowing(run?: Run, listed = pipeline): KnownCode {
  const task = { ...aTask({ state: 'failed' }), error };
  const place = { file, line: 5, changed: false, task };
  return {
    pipelines: [listed],
    last: new Map(run === undefined ? [] : [[listed.id, run]]),
    failures: new Map(run?.state === 'failed' ? [[run.id, place]] : []),
  };
}

/** The lenses without the one that runs with other values, which stands where Run stands. */
const titles = (...args: Parameters<typeof lensesOf>) =>
  lensesOf(...args)
    .filter(({ command }) => command !== 'mlops.runPipelineWith')
    .map((lens) => `${lens.line} ${lens.title}`);

describe('the lenses above a pipeline', () => {
  it('offer to run the pipeline, above its first decorator', () => {
    expect(lensesOf(code, knowing(), context)).toEqual([
      {
        line: 6,
        title: '$(play)\u00a0Run',
        tooltip: 'Run iris',
        command: 'mlops.runPipeline',
        argument: { file, function: 'iris' },
      },
      {
        line: 6,
        title: '$(settings)\u00a0Run with…',
        tooltip: 'Run iris with other values',
        command: 'mlops.runPipelineWith',
        argument: { file, function: 'iris' },
      },
    ]);
  });

  it('appear before the pipelines are known, and above a pipeline that is still being written', () => {
    expect(titles(code, undefined, context)).toEqual(['6 $(play)\u00a0Run']);
    const fresh = { ...code, text: text.replace('def iris', 'def other'), dirty: true };
    expect(titles(fresh, knowing(), context)).toEqual(['6 $(play)\u00a0Run']);
    expect(titles({ ...fresh, dirty: false }, knowing(), context)).toEqual([]);
  });

  it('move with the text', () => {
    expect(titles({ ...code, text: `\n\n${text}` }, knowing(), context)).toEqual(['8 $(play)\u00a0Run']);
  });

  it.each([
    [{}, '$(pass)\u00a0iris-12 succeeded, 2 min ago'],
    [
      { metrics: [{ name: 'accuracy', value: 0.97, task: 'evaluate', artifact: 'metrics' }] },
      '$(pass)\u00a0iris-12 accuracy 0.97, 2 min ago',
    ],
    [
      { metrics: [{ name: '$(bug)', value: 1, task: 'evaluate', artifact: 'metrics' }] },
      '$(pass)\u00a0iris-12 $ (bug) 1, 2 min ago',
    ],
    [
      { state: 'running', counts: { total: 4, running: 1, succeeded: 2, failed: 0, cached: 0 } },
      '$(loading~spin)\u00a0iris-12 running 2/4',
    ],
    [{ state: 'preparing' }, '$(loading~spin)\u00a0iris-12 preparing'],
    [{ state: 'stopped' }, '$(circle-slash)\u00a0iris-12 stopped, 2 min ago'],
  ] as const)('show the result of the last run (%#)', (more, title) => {
    const [, , result] = lensesOf(code, knowing(aRun(more as Partial<Run>)), context);
    expect(result).toMatchObject({ title, command: 'mlops.openRun', argument: { run: 'iris-12' } });
  });

  it('name the current line of a failure and link to it', () => {
    const run = aRun({ state: 'failed', error: { ...error, task: 'train' } });
    const failed = lensesOf({ ...code, text: `# new\n${text}` }, knowing(run), context);
    expect(failed.map(({ title }) => title)).toEqual([
      '$(play)\u00a0Run',
      '$(settings)\u00a0Run with…',
      '$(error)\u00a0iris-12 failed in train: line 6',
      'Go to line',
    ]);
    expect(failed[3]).toMatchObject({ command: 'mlops.goToFailingLine', argument: { run: 'iris-12' } });
  });

  it('do not name a failing line that was changed since', () => {
    const run = aRun({ state: 'failed', error: { ...error, task: 'train' } });
    const mended = { ...code, text: text.replace("raise ValueError('no')", 'pass') };
    expect(titles(mended, knowing(run), context)).toEqual([
      '6 $(play)\u00a0Run',
      '6 $(error)\u00a0iris-12 failed in train',
    ]);
  });

  it('belong to a Python file’s pipeline even when it is listed as the YAML beside it', () => {
    const yaml = { kind: 'yaml', file: '/w/iris.yaml', label: 'iris.yaml' } as const;
    const compiled = {
      ...pipeline,
      id: 'iris.yaml' as PipelineId,
      source: yaml,
      twin: { id: pipeline.id, source },
    };
    expect(titles(code, knowing(aRun(), compiled), context)).toEqual([
      '6 $(play)\u00a0Run',
      '6 $(pass)\u00a0iris-12 succeeded, 2 min ago',
    ]);
  });

  it('offer no run in Restricted Mode, but still show the result', () => {
    expect(titles(code, knowing(aRun()), { ...context, trusted: false })).toEqual([
      '6 $(pass)\u00a0iris-12 succeeded, 2 min ago',
    ]);
  });
});
