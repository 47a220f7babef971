import { beforeEach, describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { forgivingInput } from './forgivingInput.ts';
import { inputSchema } from './inputSchema.ts';
import { findTool, type ToolName } from './table.ts';

const signal = new AbortController().signal;
let backend: FakePipelineBackend;

beforeEach(() => {
  backend = new FakePipelineBackend();
  backend.addRun(aRun({ id: 'iris-12', state: 'succeeded' }));
});

const call = async (name: ToolName, input: object) =>
  (await findTool(name)?.call(input, toolDeps(backend), signal))?.text;

describe('the input of a call', () => {
  it.each([
    [{ run: 'iris-12', task: null, search: '' }, { run: 'iris-12' }],
    [{ run: 12 }, { run: '12' }],
    [
      { run: '12', tail: '20' },
      { run: '12', tail: 20 },
    ],
    [
      { run: '12', tail: 'many' },
      { run: '12', tail: 'many' },
    ],
    [
      { run: '12', nowhere: 3 },
      { run: '12', nowhere: 3 },
    ],
  ])('%j is read as %j', (raw, input) => {
    const tool = findTool('mlops_read_task_log');
    expect(tool && forgivingInput(inputSchema(tool.input), raw)).toEqual({ input, bounded: [] });
  });

  it.each([
    [
      { parameters: '{"C": 10}', cache: 'False' },
      { parameters: { C: 10 }, cache: false },
    ],
    [{ parameters: { note: '', C: null } }, { parameters: { note: '', C: null } }],
    [{ parameters: 'C=10' }, { parameters: 'C=10' }],
  ])('%j starts a run with %j', (raw, input) => {
    const tool = findTool('mlops_run_pipeline');
    expect(tool && forgivingInput(inputSchema(tool.input), raw).input).toEqual(input);
  });

  it('takes a number outside the bounds as the nearest inside, and the answer says so', async () => {
    expect(await call('mlops_wait_for_run', { run: 12, wait: 300 })).toMatch(
      /\n\n`wait` was 300, and at most 120 is possible, so it was taken as 120\.$/,
    );
  });

  it('says so after a question, too', async () => {
    backend.addPipeline({ name: 'iris' });
    const run = findTool('mlops_run_pipeline');
    const asked = await run?.prepare({ pipeline: 'iris', wait: '-5' }, toolDeps(backend), signal);
    expect(asked?.input).toMatchObject({ wait: -5 });
    const outcome = await run?.call(asked?.input, toolDeps(backend), signal);
    expect(outcome?.text).toContain('`wait` was -5, and at least 0 is possible, so it was taken as 0.');
  });
});

describe('an input that does not fit is answered in plain words', () => {
  it.each([
    ['mlops_run_pipeline', { pipeline: 'iris', wait: 'soon' }, 'wait must be a whole number, got "soon"'],
    ['mlops_run_pipeline', { pipeline: 'iris', wait: 1.5 }, 'wait must be a whole number, got 1.5'],
    ['mlops_run_pipeline', { pipeline: 'iris', parameters: [1] }, 'parameters must be an object such as'],
    ['mlops_run_pipeline', { pipeline: 'iris', cache: 'maybe' }, 'cache must be true or false, got "maybe"'],
    ['mlops_describe_run', { run: ['a'] }, 'run must be a text, got ["a"]'],
    ['mlops_describe_run', { run: 'x'.repeat(300) }, 'run must be a text of at most 200 characters'],
    ['mlops_describe_run', {}, 'run is missing. It takes run'],
    ['mlops_describe_run', 'iris', 'it must be an object with named fields'],
    ['mlops_list_runs', { state: 'broken' }, 'state must be one of'],
  ] as const)('%s %j', async (name, input, words) => {
    const error = await findTool(name)
      ?.call(input, toolDeps(backend), signal)
      .then(String, (thrown: { message: string; hint?: string }) => `${thrown.message} ${thrown.hint ?? ''}`);
    expect(error).toContain(words);
    expect(error).not.toMatch(/expected|received|invalid input|unrecognized|record/i);
  });
});
