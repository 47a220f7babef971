import { beforeEach, describe, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { RunId } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { redactedBackend } from '../runs/redactedBackend.ts';
import { renderQuestionMarkdown } from '../text/renderQuestionMarkdown.ts';
import { findTool } from './table.ts';
import type { ToolDeps } from './tool.ts';

const signal = new AbortController().signal;
const iris = { id: 'iris.yaml' as PipelineId, name: 'iris' };
const secrets = /hunter|swordfish|xyzzy/;
/** The value of a secret parameter, which a task shows wherever it can. */
const canary = 'hunter2-Zx9_"q"';
let backend: FakePipelineBackend;
let store: MemoryObjectStore;
let deps: ToolDeps;

beforeEach(() => {
  const clock = new FakeClock();
  backend = new FakePipelineBackend(clock);
  store = new MemoryObjectStore();
  deps = toolDeps(backend, { objects: store, clock });
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

describe('the answers that people and models read', () => {
  it.each([
    ['list_pipelines', {}, '`iris`'],
    ['describe_pipeline', { pipeline: 'iris' }, '- `password` (string, default `••••`)'],
    ['describe_pipeline', { pipeline: 'iris' }, '- `api_key` (string, one of `••••`, `••••`, default —)'],
    ['list_runs', {}, '(`password` `••••`, `depth` `3`)'],
    ['describe_run', { run: '2' }, 'Parameters: `password` = `••••`, `database` = `••••`, `depth` = `3`'],
    ['describe_run', { run: '2' }, 'Returns: `token` = `••••`, `score` = `1`'],
    ['describe_run', { run: '2' }, '`password` `••••` → `••••`, `depth` `2` → `3`'],
    ['compare_runs', { run: '2' }, '- `password` `••••` → `••••`\n- `depth` `2` → `3`'],
    ['wait_for_run', { run: '2' }, '`password` `••••` → `••••`'],
  ])('hide secret parameters: %s %j', async (name, input, shown) => {
    const text = (await call(name, input))?.text;
    expect(text).toContain(shown);
    expect(text).not.toMatch(secrets);
  });
});

describe('a run with secrets', () => {
  it('hides them in the question and runs with their real values', async () => {
    const asked = await ask('run_pipeline', {
      pipeline: 'iris',
      parameters: { password: 'hunter3' },
      wait: 0,
    });
    const message = asked && renderQuestionMarkdown(asked.question).message;
    expect(message).toContain(
      'Set: `password` = `••••`\n\nDefaults: `database` = `••••`, `api_key` = not set, `depth` = `2`',
    );
    expect(message).not.toMatch(secrets);
    await call('run_pipeline', asked?.input ?? {});
    expect(backend.runs.get('iris-3' as RunId)?.parameters).toMatchObject({
      password: 'hunter3',
      database: { login: { password: 'swordfish' } },
    });
  });

  it('refuses the dots that stand for a secret, and says what to do', async () => {
    const again = { pipeline: 'iris', parameters: { password: '••••', depth: 3 } };
    const refusal = /password cannot be ••••.* Ask whoever knows the value for it, or use Run again/;
    await expect(ask('run_pipeline', again)).rejects.toThrow(refusal);
    await expect(call('run_pipeline', again)).rejects.toThrow(refusal);
    expect(backend.calls).toEqual([]);
  });

  it('hides them in the reason why it cannot start', async () => {
    const wrong = {
      pipeline: 'iris',
      parameters: { api_key: 'hunter2', database: '{"password": "swordfish"' },
    };
    const error: unknown = await ask('run_pipeline', wrong)?.catch((reason: unknown) => reason);
    expect(String(error)).toContain('database must be an object such as {"a": 1}, got ••••.');
    expect(String(error)).not.toMatch(secrets);
  });
});

describe('a secret that a task prints wherever it can', () => {
  const parameters = { password: canary, note: `it is ${canary}`, depth: 3 };
  const line = `connect(${canary}) at ${encodeURIComponent(canary)}`;
  const failure = { kind: 'user', type: `Bad${canary}`, message: `cannot use ${canary}` };

  beforeEach(() => {
    const metrics = [{ name: `loss of ${canary}`, value: 1, task: 'train', artifact: 'metrics' }];
    const artifact = { name: `set ${canary}`, type: 'Dataset', uri: 's3://b/k', metadata: { made: canary } };
    const results = {
      inputs: { text: canary },
      outputs: { text: canary },
      artifacts: [{ ...artifact, object: { bucket: 'made', key: 'set.csv' } }],
      metrics,
    };
    const run = { pipeline: iris, parameters, metrics, createdAt: 3 };
    backend.addRun(
      aRun({
        ...run,
        id: 'iris-3',
        state: 'failed',
        error: { ...failure, hint: `is ${canary} right?`, task: 'train' },
        notes: [{ what: 'note', message: `note ${canary}` }],
        outputs: { said: canary },
        tasks: [aTask({ ...results, state: 'failed', error: { ...failure, line: 2, text: line } })],
      }),
    );
    backend.addRun(
      aRun({ ...run, id: 'iris-4', createdAt: 4, tasks: [aTask(results)], outputs: { said: canary } }),
    );
    backend.setLog(
      'iris-3' as RunId,
      'train',
      `before\n${line}\n  ${JSON.stringify({ a: canary })}\nafter\n`,
    );
    backend.setSource('iris-3' as RunId, 'train', `def train():\n    ${line}\n`);
    store.put('made', 'set.csv', `user,text\n1,${canary}\n`);
  });

  it.each([
    ['list_runs', {}],
    ['describe_run', { run: '3' }],
    ['describe_run', { run: '4' }],
    ['compare_runs', { run: '4', with: '2' }],
    ['wait_for_run', { run: '3' }],
    ['wait_for_run', { run: '4' }],
    ['read_task_log', { run: '3' }],
    ['read_task_log', { run: '3', search: 'connect' }],
    ['read_task_log', { run: '3', search: 'hunter2' }],
    ['read_source', { run: '3' }],
    ['read_object', { bucket: 'made', key: 'set.csv' }],
    ['list_objects', { bucket: 'made' }],
    ['list_pipelines', {}],
    ['describe_pipeline', { pipeline: 'iris' }],
    ['delete_runs', { run: '3' }],
  ])('is hidden in %s %j', async (name, input) => {
    const asked = await ask(name, input);
    const text = (await call(name, input))?.text;
    expect(text).not.toMatch(/hunter2(?!")|Zx9/);
    const question = asked && renderQuestionMarkdown(asked.question);
    expect(`${question?.title} ${question?.message}`).not.toMatch(/hunter2|Zx9/);
  });

  it('is hidden in the log, whose other text stays as it is', async () => {
    const text = (await call('read_task_log', { run: '3' }))?.text;
    expect(text).toContain('before\nconnect(••••) at ••••\n  {"a": "••••"}\nafter'.replaceAll(': "', ':"'));
  });

  it('is hidden in errors and in progress', async () => {
    const reported: string[] = [];
    const careful = { ...deps, report: (text: string) => reported.push(text) };
    const input = { pipeline: 'iris', parameters: { password: canary }, wait: 0 };
    backend.createRun = async () => {
      throw new MlopsError('internal', `cannot start with ${canary}`, { hint: `try without ${canary}` });
    };
    const run = findTool('mlops_run_pipeline');
    const error: unknown = await run?.call(input, careful, signal).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: 'cannot start with ••••', hint: 'try without ••••' });
    expect(reported.join(' ')).not.toContain('Zx9');
  });

  it('stays in the parameters, so that the run can be repeated', async () => {
    const careful = redactedBackend(backend);
    const run = await careful.getRun('iris-3' as RunId, signal);
    expect(run.parameters).toEqual(parameters);
    expect(run.tasks[0]?.error?.text).toBe(line);
    expect(run.error?.message).toBe('cannot use ••••');
  });
});
