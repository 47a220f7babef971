import { expect, it } from 'vitest';
import { foundPython } from '../../../test/fakes/localPython.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import { changedParts, runFingerprint, type RunParts } from './runFingerprint.ts';
import { pipelineSpecSchema } from '../../core/pipelineSpec/schema.ts';

const specOf = (json: JsonObject) => ({
  json,
  spec: pipelineSpecSchema.parse(json),
  platform: undefined,
  line: 1,
});
const json = (more: JsonObject = {}): JsonObject => ({ pipelineInfo: { name: 'iris' }, root: {}, ...more });
const environment = { id: 'e1', path: '/envs/e1', requirements: ['a==1'], noDeps: [], pipArguments: [] };
const executor = {
  kind: 'python',
  source: 'def f(): pass',
  function: 'f',
  environment: 'e1',
  env: {},
  packages: [],
};
const run: RunParts = {
  connection: 'this-machine' as ConnectionId,
  pipeline: 'iris.yaml' as PipelineId,
  specification: specOf(json()),
  executors: { 'exec-f': executor },
  environments: [environment],
  missing: ['e1'],
  sources: [],
  python: foundPython,
  settings: {
    environment: 'managed',
    parallelism: 2,
    memoryLimitMegabytes: null,
    logLimitMegabytes: 20,
    passEnvironment: ['A', 'B'],
    allowInsecureIndexes: false,
  },
};
const { python, settings } = run;
const after = (more: Partial<RunParts>, before: RunParts = run) =>
  changedParts(runFingerprint(before), runFingerprint({ ...run, ...more }));

it.each<[string, Partial<RunParts>]>([
  ['its code', { executors: { 'exec-f': { ...executor, source: 'def f(): evil()' } } }],
  ['its code', { executors: { 'exec-f': { ...executor, env: { A: '1' } } } }],
  ['its code', { specification: specOf(json({ root: { dag: { tasks: {} } } })) }],
  ['its code', { specification: specOf(json({ deploymentSpec: { executors: { other: {} } } })) }],
  ['its code', { pipeline: 'other.yaml' as PipelineId }],
  ['its packages', { environments: [{ ...environment, id: 'e2', requirements: ['a==2'] }], missing: ['e2'] }],
  ['its packages', { environments: [{ ...environment, noDeps: ['kfp==2.0'] }] }],
  ['where its packages come from', { environments: [{ ...environment, pipArguments: ['-i=http://x'] }] }],
  ['where its packages come from', { sources: [{ kind: 'index', value: 'https://x' }] }],
  ['the Python that runs it', { python: { ...python, python: { ...python.python, version: '3.12.1' } } }],
  ['the Python that runs it', { python: { ...python, python: { ...python.python, executable: '/p' } } }],
  ['the Python that runs it', { python: { ...python, asItIs: true } }],
  ['the Python that runs it', { python: { ...python, uv: '/usr/bin/uv' } }],
  ['the settings for runs', { settings: { ...settings, passEnvironment: ['A', 'B', 'SECRET'] } }],
  ['the settings for runs', { settings: { ...settings, allowInsecureIndexes: true } }],
  ['the settings for runs', { connection: 'other' as ConnectionId }],
])('says that %s changed', (words, more) => {
  expect(after(more)).toEqual([words]);
});

it('names every part that changed', () => {
  const more = { environments: [{ ...environment, requirements: ['b'], pipArguments: ['-i=http://x'] }] };
  expect(after(more)).toEqual(['its packages', 'where its packages come from']);
});

it('ignores that an environment was built in the meantime, but reports that one has to be built again', () => {
  expect(after({ missing: [] })).toEqual([]);
  expect(after({ missing: ['e1'] }, { ...run, missing: [] })).toEqual(['what has to be installed']);
});

it('ignores settings that do not affect what runs', () => {
  const other = { ...settings, parallelism: 8, logLimitMegabytes: 1, passEnvironment: ['B', 'A'] };
  expect(after({ settings: other, python: { ...python, from: 'a setting' } })).toEqual([]);
});

it('does not accept a text that is not a fingerprint', () => {
  expect(changedParts('', runFingerprint(run))).toEqual(['what it does']);
  expect(changedParts('{"code":1}', runFingerprint(run))).toEqual(['what it does']);
});

it('is computed in less than 200 ms for a large pipeline', () => {
  const executors = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [
      `exec-${index}`,
      { ...executor, source: 'x = 1\n'.repeat(500) },
    ]),
  );
  const large = { ...run, executors, specification: specOf(json({ deploymentSpec: { executors } })) };
  runFingerprint(large);
  const began = performance.now();
  runFingerprint(large);
  expect(performance.now() - began).toBeLessThan(200);
});
