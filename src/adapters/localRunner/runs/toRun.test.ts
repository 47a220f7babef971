import { expect, it } from 'vitest';
import { interruptedError, toSummary } from './toRun.ts';
import type { RunRecord } from './runRecord.ts';

const record = {
  id: 'iris-3',
  number: 3,
  name: 'iris',
  pipeline: { id: 'iris.yaml', name: 'iris' },
  createdAt: 1000,
  arguments: {},
  tasks: [],
} as unknown as RunRecord;

it('reports an environment that could not be built as a failed preparation', () => {
  const error = { kind: 'environment', message: 'No matching distribution found for x' };
  expect(toSummary({ ...record, error } as RunRecord, 'failed').error).toMatchObject({
    kind: 'preparation',
    message: 'No matching distribution found for x',
  });
});

it('says why a run was interrupted and what is being prepared', () => {
  expect(toSummary(record, 'interrupted').error).toBe(interruptedError);
  const environments = [{ id: 'e', state: 'building', line: 'Collecting numpy' }];
  expect(toSummary({ ...record, environments } as RunRecord, 'preparing')).toMatchObject({
    preparationStatus: 'Collecting numpy',
  });
});
