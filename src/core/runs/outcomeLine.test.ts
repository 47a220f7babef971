import { describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { outcomeLine } from './outcomeLine.ts';

const accuracy = (value: number) => [{ name: 'accuracy', value, task: 'evaluate', artifact: 'metrics' }];
const before = aRun({ id: 'iris-3', number: 3, parameters: { max_depth: 2 }, metrics: accuracy(0.9333) });
const after = aRun({ id: 'iris-12', number: 12, parameters: { max_depth: 3 }, metrics: accuracy(0.9667) });

describe('how a run ended, in words', () => {
  it('a good run is held against the last good one', () => {
    expect(outcomeLine(after, before)).toBe(
      '**`iris-12` succeeded** in 8 s.\n\naccuracy **0.97**, up 0.03 on `iris-3`; `max_depth` `2` → `3`.',
    );
  });

  it('a small change is shown with the decimals that it takes', () => {
    const little = aRun({ id: 'iris-13', parameters: { max_depth: 3 }, metrics: accuracy(0.9669) });
    expect(outcomeLine(little, after)).toContain(
      'accuracy **0.9669**, up 0.0002 on `iris-12`; same parameters as `iris-12`.',
    );
  });

  it('without metrics it is still a sentence', () => {
    const bare = aRun({ parameters: {} });
    expect(outcomeLine(bare, aRun({ id: 'iris-3' }))).toContain('Same parameters as `iris-3`.');
  });

  it('an unchanged metric says so', () => {
    expect(outcomeLine(after, { ...before, metrics: accuracy(0.9667) })).toContain(
      'accuracy **0.967**, unchanged from `iris-3`',
    );
  });

  it('the first good run says that there is nothing to compare with', () => {
    expect(outcomeLine(before, undefined)).toContain('accuracy **0.933**. It is the first good run of iris');
  });

  it('cached tasks are counted', () => {
    const cached = aRun({ counts: { total: 4, running: 0, succeeded: 4, failed: 0, cached: 2 } });
    expect(outcomeLine(cached, undefined)).toContain('succeeded** in 8 s, 2 of 4 tasks cached.');
  });

  it('a failure names the task', () => {
    const failed = aRun({
      state: 'failed',
      error: { kind: 'task', type: 'ValueError', message: 'x', task: 'train' },
    });
    expect(outcomeLine(failed, before)).toBe('**`iris-12` failed** in `train` after 8 s.');
  });

  it('an interrupted run says that nothing of it runs any more', () => {
    expect(outcomeLine(aRun({ state: 'interrupted' }), before)).toContain(
      'Nothing of it is running any more',
    );
  });
});
