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
  test('shows time and progress while the run is active', () => {
    const row = runRow(withoutEnd({ state: running.state, counts }), now);
    expect(row.label).toBe('iris-12');
    expect(row.description).toBe('running 12 s · 2/4 tasks · cached 1');
    expect(row).toMatchObject({ context: 'run.running', expand: 'open', live: true });
    expect(row.icon).toMatchObject({ id: 'loading~spin' });
  });

  test('is announced to screen readers without the time, which changes each second', () => {
    expect(runRow(withoutEnd({ state: running.state, counts }), now).spoken).toBe(
      'iris-12, running, 2/4 tasks, cached 1',
    );
  });

  test('shows the installer’s last line while the run is prepared', () => {
    const row = runRow(
      withoutEnd({ state: 'preparing', preparationStatus: 'Downloading scikit-learn' }),
      now,
    );
    expect(row.description).toBe('preparing 12 s · Downloading scikit-learn');
  });

  test('shows the metric of a run that succeeded', () => {
    const row = runRow(
      aRun({ metrics: [size, accuracy], counts: { ...counts, succeeded: 4, running: 0 } }),
      now,
    );
    expect(row.description).toBe('succeeded · accuracy 0.967 · 8 s · cached 1');
    expect(row.context).toBe('run.ended');
    expect(row.live).toBeUndefined();
  });

  test('shows where and why a run failed', () => {
    const error = { kind: 'task', type: 'ValueError', message: 'no column "x"\nmore', task: 'train' };
    const row = runRow(aRun({ state: 'failed', error }), now);
    expect(row.description).toBe('failed in train · ValueError: no column "x" · 8 s');
  });

  test('says that nothing works on an interrupted run any more', () => {
    expect(runRow(withoutEnd({ state: 'interrupted' }), now).description).toBe('interrupted');
  });

  test('hides values whose names say that they are secret', () => {
    const { tooltip } = runRow(aRun({ parameters: { password: 'hunter2', depth: 2 } }), now);
    expect(tooltip).toContain('`password` = `••••`  \n`depth` = `2`');
    expect(tooltip).not.toContain('hunter2');
  });

  test('shows markup in names and errors literally', () => {
    const error = { kind: 'task', type: 'E', message: '[x](command:evil) <b>' };
    expect(runRow(aRun({ state: 'failed', error }), now).tooltip).toContain(
      '\\[x\\]\\(command:evil\\) \\<b\\>',
    );
  });
});
