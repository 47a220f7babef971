import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { renderQuestionMarkdown } from '../text/renderQuestionMarkdown.ts';
import { findTool } from './table.ts';
import type { ToolDeps } from './tool.ts';

const signal = new AbortController().signal;
const word = { name: 'word', type: 'string', required: false, default: 'hello' } as const;
const times = { name: 'times', type: 'integer', required: false } as const;
let backend: FakePipelineBackend;
let questions: string[];
let answer: boolean;
let deps: ToolDeps;

beforeEach(() => {
  backend = new FakePipelineBackend(new FakeClock());
  questions = [];
  answer = true;
  deps = toolDeps(backend, {
    ask: async (question) => {
      const { title, message } = renderQuestionMarkdown(question);
      questions.push(`${title}\n${message}`);
      return answer;
    },
  });
});

const call = async (name: string, input: object) =>
  (await findTool(`mlops_${name}`)?.call(input, deps, signal))?.text;
/** What is asked, as the chat shows it, and what a yes stands for. */
async function ask(input: object) {
  const asked = await findTool('mlops_run_pipeline')?.prepare(input, deps, signal);
  return asked && { ...renderQuestionMarkdown(asked.question), input: asked.input, agreed: asked.agreed };
}

it('describes a Python file from its text, without running it, until it is approved', async () => {
  backend.addPython(
    { name: 'talk', parameters: [word, { ...times, default: 3 }] },
    { parameters: [word, { ...times, unknownDefault: true }] },
  );
  const text = await call('describe_pipeline', { pipeline: 'talk' });
  expect(text).toContain('The file was not run');
  expect(text).toContain('- `word` (string, default `hello`)\n- `times` (integer, default set by its code)');
  expect(backend.calls).toEqual([]);
});

it('asks once for compiling and running, and compiles nothing before the answer', async () => {
  backend.addPython({ name: 'talk', parameters: [word] }, { packages: ['humanize'] });
  const question = await ask({ pipeline: 'talk', parameters: { word: 'hi' }, wait: 0 });
  expect(question?.title).toBe('Run talk on This machine?');
  expect(question?.message).toContain('Set: `word` = `hi`');
  expect(question?.message).toContain('Compiles `talk.py`, which runs it here.');
  expect(backend.calls).toEqual([]);
  await call('run_pipeline', question?.input ?? {});
  expect(backend.calls).toEqual(['compile talk', 'create talk']);
  expect(questions).toEqual([]);
});

it('asks again when the compiled pipeline shows other values, and runs nothing after a no', async () => {
  backend.addPython(
    { name: 'talk', parameters: [word, { ...times, default: 3 }] },
    { parameters: [word, { ...times, unknownDefault: true }] },
  );
  const question = await ask({ pipeline: 'talk', wait: 0 });
  expect(question?.message).toContain('`times` = set by its code');
  answer = false;
  await expect(call('run_pipeline', question?.input ?? {})).rejects.toThrow('The answer was no');
  expect(questions).toHaveLength(1);
  expect(questions[0]).toContain('`times` = `3`');
  expect(backend.runs.size).toBe(0);
});

it('does not compile a file that changes between the question and the answer', async () => {
  backend.addPython({ name: 'talk', parameters: [word] });
  const question = await ask({ pipeline: 'talk', wait: 0 });
  deps = { ...deps, agreed: question?.agreed ?? '' };
  backend.addPython({ name: 'talk', parameters: [word], description: 'Other code.' });
  await expect(call('run_pipeline', question?.input ?? {})).rejects.toThrow(
    'its code changed since you were asked',
  );
  expect(backend.calls).toEqual([]);
});

it('does not run a file that changes while it is compiled', async () => {
  const id = backend.addPython({ name: 'talk' });
  const question = await ask({ pipeline: 'talk', wait: 0 });
  const { approvals } = backend;
  const approve = approvals.approve.bind(approvals);
  approvals.approve = async (pipeline) => {
    await approve(pipeline);
    await approvals.revoke([`file:${id}`]);
  };
  await expect(call('run_pipeline', question?.input ?? {})).rejects.toMatchObject({ kind: 'conflict' });
  expect(backend.runs.size).toBe(0);
});
