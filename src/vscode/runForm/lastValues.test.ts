import { beforeEach, expect, test } from 'vitest';
import type { Memento } from 'vscode';
import { type ConnectionId, thisMachine } from '../../core/domain/connection.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import { keepValues, lastValues } from './lastValues.ts';

const refOf = (pipeline: string, connection = thisMachine) => ({
  connection,
  pipeline: pipeline as PipelineId,
});
const iris = refOf('iris.yaml');
let held: Map<string, unknown>;
let state: Memento;

beforeEach(() => {
  held = new Map();
  state = {
    keys: () => [...held.keys()],
    get: <T>(key: string, fallback?: T) => (held.get(key) as T | undefined) ?? fallback,
    update: async (key: string, value: unknown) => void held.set(key, value),
  } as Memento;
});

test('the values of a run are kept for the next run of the same pipeline', () => {
  keepValues(state, iris, { max_depth: 5 });
  keepValues(state, refOf('gate.yaml'), { text: 'a' });
  expect(lastValues(state, iris)).toEqual({ max_depth: 5 });
  keepValues(state, iris, {});
  expect(lastValues(state, iris)).toEqual({});
});

test('values from 0.1.0 belong to this machine, and each connection has its own', () => {
  held.set('mlops.lastValues', [{ pipeline: 'iris.yaml', values: { seed: 1 } }]);
  const there = refOf('iris.yaml', 'team' as ConnectionId);
  expect(lastValues(state, there)).toEqual({});
  keepValues(state, there, { seed: 2 });
  expect(lastValues(state, iris)).toEqual({ seed: 1 });
  expect(lastValues(state, there)).toEqual({ seed: 2 });
});

test('secrets and very long values are not kept', () => {
  keepValues(state, iris, { api_key: 'sk-1', login: { password: 'x' }, text: 'x'.repeat(5000), seed: 1 });
  expect(lastValues(state, iris)).toEqual({ seed: 1 });
  expect(JSON.stringify([...held])).not.toContain('sk-1');
});

test('only the values of the last fifty pipelines are kept', () => {
  for (let n = 0; n < 60; n += 1) keepValues(state, refOf(`p${n}.yaml`), { n });
  expect(lastValues(state, refOf('p9.yaml'))).toEqual({});
  expect(lastValues(state, refOf('p10.yaml'))).toEqual({ n: 10 });
});

test('malformed values from another version are ignored', () => {
  held.set('mlops.lastValues', [{ pipeline: 1 }]);
  expect(lastValues(state, iris)).toEqual({});
  keepValues(state, iris, { seed: 1 });
  expect(lastValues(state, iris)).toEqual({ seed: 1 });
});

test('secrets that an earlier version stored are removed, for every pipeline', () => {
  const values = { dbpassword: 'a', db_url: 'b', source: 'https://me:hunter2@host/x', seed: 1 };
  held.set('mlops.lastValues', [
    { pipeline: 'iris.yaml', values },
    { pipeline: 'gate.yaml', values: { cookie: 'c' } },
  ]);
  expect(lastValues(state, iris)).toEqual({ seed: 1 });
  expect(held.get('mlops.lastValues')).toEqual([{ ...iris, values: { seed: 1 } }]);
});
