import { expect, it } from 'vitest';
import { nothingYet, received } from './store.ts';

const failure = { kind: 'failure', message: 'gone', hint: '' } as const;

it('a new state replaces the last one, but keeps charts and reports', () => {
  const object = { bucket: 'b', key: 'k' };
  let model = nothingYet(new Map([['report b/k', true]]));
  model = received(model, { type: 'charts', charts: [] }, 0);
  model = received(model, { type: 'report', object, report: { kind: 'markdown', text: '# x' } }, 0);
  model = received(model, { type: 'state', state: failure }, 0);
  expect(model.state).toBe(failure);
  expect(model.reports.get('b/k')).toEqual({ kind: 'markdown', text: '# x' });
  expect(model.open.get('report b/k')).toBe(true);
});

it('times use the clock of the extension, even when it is on another machine', () => {
  const comparison = { runs: [], warnings: [], parameters: [], metrics: [], notCompared: [], cut: [] };
  const model = received(
    nothingYet(new Map()),
    { type: 'state', state: { kind: 'comparison', now: 5000, comparison } },
    2000,
  );
  expect(model.ahead).toBe(3000);
});
