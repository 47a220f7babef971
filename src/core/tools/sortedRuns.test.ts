import { expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import type { RunState } from '../domain/run.ts';
import { sortedPage } from './sortedRuns.ts';

const run = (id: string, state: RunState, seconds: number) =>
  aRun({ id, state, createdAt: 0, startedAt: 0, endedAt: seconds * 1000 });
const newest = [run('iris-12', 'succeeded', 5), run('iris-2', 'failed', 60), run('churn-3', 'succeeded', 9)];
const ids = (...given: Parameters<typeof sortedPage>) => sortedPage(...given).items.map(({ id }) => id);

it('puts runs in order by name, by how long they took, and by state', () => {
  const page = { items: newest };
  expect(ids(page, 'name', { size: 9 })).toEqual(['churn-3', 'iris-2', 'iris-12']);
  expect(ids(page, 'duration', { size: 9 })).toEqual(['iris-2', 'churn-3', 'iris-12']);
  expect(ids(page, 'state', { size: 9 })).toEqual(['iris-2', 'iris-12', 'churn-3']);
});

it('gives them page by page', () => {
  const first = sortedPage({ items: newest, total: 3 }, 'name', { size: 2 });
  expect(first).toMatchObject({ next: 'at:2', total: 3 });
  expect(ids({ items: newest }, 'name', { size: 2, page: first.next })).toEqual(['iris-12']);
  expect(() => sortedPage({ items: newest }, 'name', { size: 2, page: 'x' })).toThrow(/page/);
});

it('says that there are more than it put in order', () => {
  expect(sortedPage({ items: newest, next: 'n' }, 'name', { size: 2 }).cut).toBe(
    'Only the newest 3 of these runs were put in order.',
  );
});
