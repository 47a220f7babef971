import { describe, expect, test } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { runRow } from './runRow.ts';

const now = 1_012_400;
const running = { state: 'running', endedAt: undefined } as const;
const withoutEnd = (more: Parameters<typeof aRun>[0]) => {
  const { endedAt: _, ...run } = aRun(more);
  return run;
};
const counts = { total: 4, running: 1, succeeded: 2, failed: 0, cached: 1 };
const accuracy = { name: 'accuracy', value: 0.96667, task: 'evaluate', artifact: 'metrics' };
const size = { name: 'rows', value: 150, task: 'load', artifact: 'iris' };

describe('the row of a run', () => {
  test('that is running says how long and how far', () => {
    const row = runRow(withoutEnd({ state: running.state, counts }), now);
    expect(row.label).toBe('iris-12');
    expect(row.description).toBe('running 12 s · 2/4 tasks · cached 1');
    expect(row).toMatchObject({ context: 'run.running', expand: 'open', live: true });
    expect(row.icon).toMatchObject({ id: 'loading~spin' });
  });

  test('that is running is spoken without its time, which would be said each second', () => {
    expect(runRow(withoutEnd({ state: running.state, counts }), now).spoken).toBe(
      'iris-12, running, 2/4 tasks, cached 1',
    );
  });

  test('that is being prepared says what the installer says', () => {
    const row = runRow(
      withoutEnd({ state: 'preparing', preparationStatus: 'Downloading scikit-learn' }),
      now,
    );
    expect(row.description).toBe('preparing 12 s · Downloading scikit-learn');
  });

  test('that succeeded says how well', () => {
    const row = runRow(
      aRun({ metrics: [size, accuracy], counts: { ...counts, succeeded: 4, running: 0 } }),
      now,
    );
    expect(row.description).toBe('succeeded · accuracy 0.967 · 8 s · cached 1');
    expect(row.context).toBe('run.ended');
    expect(row.live).toBeUndefined();
  });

  test('that failed says where and why', () => {
    const error = { kind: 'task', type: 'ValueError', message: 'no column "x"\nmore', task: 'train' };
    const row = runRow(aRun({ state: 'failed', error }), now);
    expect(row.description).toBe('failed in train · ValueError: no column "x" · 8 s');
  });

  test('that nobody runs any more says so', () => {
    expect(runRow(withoutEnd({ state: 'interrupted' }), now).description).toBe('interrupted');
  });

  test('hides what is a secret by its name', () => {
    const { tooltip } = runRow(aRun({ parameters: { password: 'hunter2', depth: 2 } }), now);
    expect(tooltip).toContain('`password` = `••••`  \n`depth` = `2`');
    expect(tooltip).not.toContain('hunter2');
  });

  test('keeps markup in names and errors from becoming markup', () => {
    const error = { kind: 'task', type: 'E', message: '[x](command:evil) <b>' };
    expect(runRow(aRun({ state: 'failed', error }), now).tooltip).toContain(
      '\\[x\\]\\(command:evil\\) \\<b\\>',
    );
  });
});
