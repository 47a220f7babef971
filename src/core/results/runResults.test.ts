import { describe, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import type { Metric } from '../domain/artifact.ts';
import { runResults } from './runResults.ts';

const metric = (name: string, value: Metric['value']): Metric => ({
  name,
  value,
  task: 'judge',
  artifact: 'metrics',
});

describe('the results of a run', () => {
  const before = aRun({
    id: 'iris-11',
    parameters: { depth: 2, seed: 42 },
    metrics: [metric('accuracy', 0.9333), metric('loss', 0.2), metric('rows', 120), metric('note', 'good')],
  });
  const run = aRun({
    parameters: { seed: 42, depth: 3, extra: 'x' },
    metrics: [metric('accuracy', 0.9667), metric('loss', 0.25), metric('rows', 130), metric('note', 'good')],
  });

  it('list the parameters that differ from the last good run first', () => {
    expect(runResults(run, before).parameters).toEqual([
      { name: 'depth', value: '3', before: '2' },
      { name: 'extra', value: 'x', before: '—' },
      { name: 'seed', value: '42' },
    ]);
    expect(runResults(run, undefined).parameters.every((row) => row.before === undefined)).toBe(true);
  });

  it('hide secrets in the metadata of an artifact', () => {
    const model = { name: 'model', type: 'Model', uri: '', metadata: { rows: 5, access_token: 'abc' } };
    const [row] = runResults(aRun({ tasks: [aTask({ artifacts: [model] })] }), undefined).artifacts;
    expect(row?.facts).toBe('rows 5, access_token ••••');
  });

  it('hide parameters whose names are those of secrets', () => {
    const secret = aRun({ parameters: { api_key: 'abc', max_tokens: 512, db_password: '' } });
    expect(runResults(secret, undefined).parameters.map(({ value }) => value)).toEqual(['••••', '512', '""']);
  });

  it('say how each metric changed, and whether that is better where its name tells', () => {
    const rows = runResults(run, before).metrics;
    expect(rows.map(({ name, value, exact, change }) => [name, value, exact, change])).toEqual([
      [
        'accuracy',
        '0.967',
        '0.9667',
        { before: '0.933', now: '0.967', way: 'up', by: '0.033', verdict: 'better' },
      ],
      ['loss', '0.25', '0.25', { before: '0.2', now: '0.25', way: 'up', by: '0.05', verdict: 'worse' }],
      ['rows', '130', '130', { before: '120', now: '130', way: 'up', by: '10', verdict: 'unknown' }],
      ['note', 'good', 'good', undefined],
    ]);
  });

  it('name the task that failed, not the group around it', () => {
    const error = {
      kind: 'exception',
      type: 'KeyError',
      message: "'x'",
      line: 7,
      text: 'row[x]',
      function: 'train',
    };
    const failed = aRun({
      state: 'failed',
      error: { kind: 'task', type: 'KeyError', message: "'x'", task: 'loop[0]/train' },
      tasks: [
        aTask({
          path: 'loop',
          kind: 'loop',
          state: 'failed',
          error: { kind: 'upstream', type: 'upstream', message: '' },
        }),
        aTask({ path: 'loop[0]/train', state: 'failed', error }),
      ],
    });
    expect(runResults(failed, undefined).failures).toEqual([
      { task: 'loop[0]/train', type: 'KeyError', message: "'x'", line: 7, text: 'row[x]', function: 'train' },
    ]);
  });

  it('name the line of the person’s own file where it is known', () => {
    const place = { file: '/w/steps/train.py', label: 'steps/train.py', line: 20 };
    const error = { kind: 'exception', type: 'KeyError', message: "'x'", line: 7, function: 'train', place };
    const failed = aRun({ state: 'failed', tasks: [aTask({ path: 'train', state: 'failed', error })] });
    expect(runResults(failed, undefined).failures).toMatchObject([{ file: 'steps/train.py', line: 20 }]);
  });

  it('say why a run failed in which no task failed', () => {
    const error = {
      kind: 'preparation',
      type: 'InstallFailed',
      message: 'no such package',
      hint: 'Check its name.',
    };
    expect(runResults(aRun({ state: 'failed', error }), undefined).failures).toEqual([
      { type: 'InstallFailed', message: 'no such package', hint: 'Check its name.' },
    ]);
  });

  it('nest tasks by their paths', () => {
    const paths = ['loop', 'loop[0]', 'loop[0]/train', 'done'];
    const rows = runResults(
      aRun({ tasks: paths.map((path) => aTask({ path, name: path.split('/').at(-1) ?? '' })) }),
      undefined,
    ).tasks;
    expect(rows.map(({ depth }) => depth)).toEqual([0, 1, 2, 0]);
  });

  it('say how many tasks and values of a long list are shown', () => {
    const tasks = Array.from({ length: 600 }, (_, index) => aTask({ path: `task-${index}` }));
    const results = runResults(aRun({ tasks }), undefined);
    expect(results.tasks).toHaveLength(500);
    expect(results.cut).toEqual(['500 of 600 tasks are shown.']);
    const values = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`p${index}`, index]));
    expect(runResults(aRun({ parameters: values, outputs: values }), undefined).cut).toEqual([
      '200 of 201 parameters are shown.',
      '200 of 201 returned values are shown.',
    ]);
  });

  it('list reports and artifacts, but not metrics', () => {
    const object = { bucket: 'artifacts', key: 'iris/1/page' };
    const artifacts = [
      { name: 'page', type: 'HTML', uri: 'u', metadata: {}, object },
      { name: 'gone', type: 'Markdown', uri: 'u', metadata: {} },
      {
        name: 'data',
        type: 'Dataset',
        uri: 'u',
        metadata: { display_name: 'data', rows: 120, format: 'csv' },
        object,
      },
      { name: 'metrics', type: 'Metrics', uri: 'u', metadata: { accuracy: 1 } },
    ];
    const { reports, artifacts: rows } = runResults(aRun({ tasks: [aTask({ artifacts })] }), undefined);
    expect(reports).toEqual([{ task: 'train', name: 'page', type: 'HTML', object }]);
    expect(rows.map(({ name, facts }) => [name, facts])).toEqual([
      ['page', ''],
      ['gone', ''],
      ['data', 'rows 120, format csv'],
    ]);
  });
});
