import { describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { outcomeLine } from './outcomeLine.ts';

const accuracy = (value: number) => [{ name: 'accuracy', value, task: 'evaluate', artifact: 'metrics' }];
const before = aRun({ id: 'iris-3', number: 3, parameters: { max_depth: 2 }, metrics: accuracy(0.9333) });
const after = aRun({ id: 'iris-12', number: 12, parameters: { max_depth: 3 }, metrics: accuracy(0.9667) });

describe('the line on how a run ended', () => {
  it('compares a good run with the last good one', () => {
    expect(outcomeLine(after, before)).toBe(
      '**`iris-12` succeeded** in 8 s.\n\naccuracy **0.967**, up 0.033 on `iris-3`; `max_depth` `2` → `3`.',
    );
  });

  it('shows a small change with as many decimals as it needs', () => {
    const little = aRun({ id: 'iris-13', parameters: { max_depth: 3 }, metrics: accuracy(0.9669) });
    expect(outcomeLine(little, after)).toContain(
      'accuracy **0.9669**, up 0.0002 on `iris-12`; same parameters as `iris-12`.',
    );
  });

  it('compares only the parameters when there are no metrics', () => {
    const bare = aRun({ parameters: {} });
    expect(outcomeLine(bare, aRun({ id: 'iris-3' }))).toContain('Same parameters as `iris-3`.');
  });

  it('says when a metric is unchanged', () => {
    expect(outcomeLine(after, { ...before, metrics: accuracy(0.9667) })).toContain(
      'accuracy **0.967**, unchanged from `iris-3`',
    );
  });

  it('says when it is the first good run', () => {
    expect(outcomeLine(before, undefined)).toContain('accuracy **0.933**. It is the first good run of iris');
  });

  it('says how many metrics and parameters it leaves out', () => {
    const many = (count: number, value: number) =>
      Array.from({ length: count }, (_, index) => ({
        name: `m${index}`,
        value,
        task: 'train',
        artifact: 'metrics',
      }));
    const set = (value: number) =>
      Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`p${index}`, value]));
    const wide = aRun({ id: 'iris-13', metrics: many(150, 0.5), parameters: set(1) });
    expect(outcomeLine(wide, undefined)).toContain('m3 **0.5**, and 146 more metrics. It is the first');
    const line = outcomeLine(wide, aRun({ id: 'iris-12', metrics: many(5, 0.4), parameters: set(2) }));
    expect(line).toContain('and 146 more metrics; ');
    expect(line).toMatch(/and 3 more parameters\.$/);
  });

  it('counts the cached tasks', () => {
    const cached = aRun({ counts: { total: 4, running: 0, succeeded: 4, failed: 0, cached: 2 } });
    expect(outcomeLine(cached, undefined)).toContain('succeeded** in 8 s, 2 of 4 tasks cached.');
  });

  it('names the task that failed', () => {
    const failed = aRun({
      state: 'failed',
      error: { kind: 'task', type: 'ValueError', message: 'x', task: 'train' },
    });
    expect(outcomeLine(failed, before)).toBe('**`iris-12` failed** in `train` after 8 s.');
  });

  it('says that nothing works on an interrupted run any more', () => {
    expect(outcomeLine(aRun({ state: 'interrupted' }), before)).toContain('nothing works on it any more');
  });
});

it('says when the figures were measured on another split', () => {
  const parameters = { test_size: 0.3 };
  const line = outcomeLine({ ...after, parameters }, { ...before, parameters: { test_size: 0.2 } });
  expect(line).toContain(
    '`test_size` `0.2` → `0.3`.\n\nThe data was divided differently: test_size 0.2 → 0.3.',
  );
});
