import { beforeEach, describe, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { RunId } from '../domain/run.ts';
import { findTool } from './table.ts';
import type { ToolDeps } from './tool.ts';

const signal = new AbortController().signal;
const iris = { id: 'iris.yaml' as PipelineId, name: 'iris' };
const secrets = /hunter|swordfish|xyzzy/;
let backend: FakePipelineBackend;
let deps: ToolDeps;

beforeEach(() => {
  const clock = new FakeClock();
  backend = new FakePipelineBackend(clock);
  deps = {
    backend,
    store: new MemoryObjectStore(),
    clock,
    trusted: true,
    idempotencyKey: 'key-1',
    report: () => undefined,
    askDestroy: async () => true,
  };
  backend.addPipeline({
    name: 'iris',
    parameters: [
      { name: 'password', type: 'string', required: false, default: 'hunter1' },
      { name: 'database', type: 'struct', required: false, default: { login: { password: 'swordfish' } } },
      { name: 'api_key', type: 'string', required: false, choices: ['xyzzy', 'xyzzy2'] },
      { name: 'depth', type: 'integer', required: false, default: 2 },
    ],
  });
  const parameters = { password: 'hunter1', database: { password: 'swordfish' }, depth: 2 };
  backend.addRun(aRun({ id: 'iris-1', pipeline: iris, parameters, createdAt: 1 }));
  backend.addRun(
    aRun({
      id: 'iris-2',
      pipeline: iris,
      parameters: { ...parameters, password: 'hunter2', depth: 3 },
      outputs: { token: 'xyzzy', score: 1 },
      tasks: [aTask()],
      createdAt: 2,
    }),
  );
});

const call = (name: string, input: object) => findTool(`mlops_${name}`)?.call(input, deps, signal);
const ask = (name: string, input: object) => findTool(`mlops_${name}`)?.prepare(input, deps, signal);

describe('what a person or a model reads', () => {
  it.each([
    ['list_pipelines', {}, '`iris`'],
    ['describe_pipeline', { pipeline: 'iris' }, '- `password` (string, default `••••`)'],
    ['describe_pipeline', { pipeline: 'iris' }, '- `api_key` (string, one of `••••`, `••••`, default —)'],
    ['list_runs', {}, '`password` `••••`, `database` `••••`, `depth` `3`'],
    ['describe_run', { run: '2' }, 'Parameters: `password` = `••••`, `database` = `••••`, `depth` = `3`'],
    ['describe_run', { run: '2' }, 'Returns: `token` = `••••`, `score` = `1`'],
    ['describe_run', { run: '2' }, '`password` `••••` → `••••`, `depth` `2` → `3`'],
    ['compare_runs', { run: '2' }, '- `password` `••••` → `••••`\n- `depth` `2` → `3`'],
    ['wait_for_run', { run: '2' }, '`password` `••••` → `••••`'],
  ])('%s %j hides what is a secret by its name', async (name, input, shown) => {
    const text = (await call(name, input))?.text;
    expect(text).toContain(shown);
    expect(text).not.toMatch(secrets);
  });
});

describe('a run with secrets', () => {
  it('is asked about without them, and runs with them', async () => {
    const asked = await ask('run_pipeline', {
      pipeline: 'iris',
      parameters: { password: 'hunter3' },
      wait: 0,
    });
    expect(asked?.message).toContain(
      'Set: `password` = `••••`\n\nDefaults: `database` = `••••`, `api_key` = —, `depth` = `2`',
    );
    expect(asked?.message).not.toMatch(secrets);
    await call('run_pipeline', asked?.input ?? {});
    expect(backend.runs.get('iris-3' as RunId)?.parameters).toMatchObject({
      password: 'hunter3',
      database: { login: { password: 'swordfish' } },
    });
  });

  it('does not take the dots that a model read for the secret, and says what to do', async () => {
    const again = { pipeline: 'iris', parameters: { password: '••••', depth: 3 } };
    const refusal = /password cannot be ••••.* Ask whoever knows the value for it, or use Run again/;
    await expect(ask('run_pipeline', again)).rejects.toThrow(refusal);
    await expect(call('run_pipeline', again)).rejects.toThrow(refusal);
    expect(backend.calls).toEqual([]);
  });

  it('that cannot be says why without them', async () => {
    const wrong = {
      pipeline: 'iris',
      parameters: { api_key: 'hunter2', database: '{"password": "swordfish"' },
    };
    const error: unknown = await ask('run_pipeline', wrong)?.catch((reason: unknown) => reason);
    expect(String(error)).toContain('database must be an object, got ••••.');
    expect(String(error)).not.toMatch(secrets);
  });
});
