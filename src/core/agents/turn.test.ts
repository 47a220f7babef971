import { beforeEach, describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { ScriptedModel, type ScriptedTurn } from '../../../test/fakes/scriptedModel.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import type { RunId } from '../domain/run.ts';
import { tools } from '../tools/table.ts';
import type { Outcome, Tool } from '../tools/tool.ts';
import type { LanguageModel, ModelPart, ToolCall } from '../ports/languageModel.ts';
import { agents } from './agents.ts';
import { answerBasics } from './basics/answerBasics.ts';
import { askedText } from './doneLine.ts';
import { converse, type Turn } from './converse.ts';
import { type CallOrigin, runTool } from './turnCalls.ts';

const signal = new AbortController().signal;
let backend: FakePipelineBackend;
let asked: string[];
let origins: CallOrigin[];
/** What the person says no to. */
let no: readonly string[];
let output: string;

beforeEach(() => {
  backend = new FakePipelineBackend();
  backend.addPipeline({
    name: 'iris',
    parameters: [{ name: 'max_depth', type: 'integer', required: false, default: 2 }],
  });
  asked = [];
  origins = [];
  no = [];
  output = '';
});

const list = { call: 'mlops_list_pipelines', input: {} };
const run = (input: object) => ({ call: 'mlops_run_pipeline', input: { wait: 0, ...input } });
const remove = (name: string) => ({ call: 'mlops_delete_runs', input: { run: name } });

/** A call as the editor makes it: a person is asked, and the tool runs with what was shown. */
async function invoke(
  tool: Tool,
  { input }: ToolCall,
  _signal: AbortSignal,
  origin: CallOrigin,
): Promise<Outcome | 'skipped'> {
  origins.push(origin);
  const deps = toolDeps(backend, { idempotencyKey: `key-${origins.length}` });
  const confirmation = await tool.prepare(input, deps, signal);
  if (confirmation === undefined) return tool.call(input, deps, signal);
  const title = askedText(confirmation.question.title);
  asked.push(title);
  const means = tool.name === runTool ? { ...confirmation.input, wait: 0 } : confirmation.input;
  return no.includes(title) ? 'skipped' : tool.call(means, deps, signal);
}

/** What the model answers to a sentence, over the real tools. */
async function turn(
  script: readonly (ScriptedTurn | (() => ScriptedTurn))[],
  more: Partial<Turn> & { readonly maxRounds?: number; readonly model?: LanguageModel } = {},
) {
  const { maxRounds = 10, model = new ScriptedModel(...script), ...rest } = more;
  const answer = await converse(
    { agent: agents[0], agents, person: 'run iris', focus: {}, history: [], ...rest },
    {
      model,
      tools,
      maxRounds,
      say: (markdown) => (output += markdown),
      render: async ({ rounds }) => rounds.map(({ results }) => ({ role: 'results', results })),
      check: async (tool, call) => tool.prepare(call.input, toolDeps(backend), signal),
      invoke,
    },
    signal,
  );
  return { answer, results: answer.rounds.flatMap(({ results }) => results.map(({ text }) => text)) };
}

describe('the same write in one answer', () => {
  it('is made once, in whatever words it is called', async () => {
    const { results } = await turn([
      [run({ pipeline: 'iris' })],
      [run({ pipeline: 'Iris', cache: true, wait: 5 })],
      [run({ pipeline: 'iris', parameters: { max_depth: 2 } })],
      ['It runs.'],
    ]);
    expect(backend.runs.size).toBe(1);
    expect(results[1]).toContain('is not made again');
    expect(results[2]).toContain('is not made again');
  });

  it('is made again with other values or another name', async () => {
    await turn([
      [run({ pipeline: 'iris' }), run({ pipeline: 'iris', parameters: { max_depth: 3 } })],
      [run({ pipeline: 'iris', name: 'again' })],
      ['They run.'],
    ]);
    expect(backend.runs.size).toBe(3);
    expect(origins.map(({ runsBefore }) => runsBefore)).toEqual([0, 1, 2]);
  });

  it('is made after it was refused, once it is possible', async () => {
    const wine = run({ pipeline: 'wine' });
    const later = () => {
      backend.addPipeline({ name: 'wine' });
      return [wine];
    };
    await turn([[wine], later, ['It runs.']]);
    expect(backend.runs.size).toBe(1);
    expect(output).toMatch(/^It runs\.\n\n\*Started `wine-1` \(still \w+\)\.\*$/);
  });

  it('is not asked about again after a no, by whatever name', async () => {
    backend.runs.set('iris-1' as RunId, aRun({ id: 'iris-1' as RunId, label: 'iris-1', state: 'succeeded' }));
    no = ['delete `iris-1`'];
    const { results } = await turn([[remove('iris-1')], [remove('1')], ['I deleted it as you agreed.']]);
    expect(asked).toEqual(['delete `iris-1`']);
    expect(results[1]).toContain('is not made again');
    expect(backend.runs.size).toBe(1);
    expect(output).toBe('I deleted it as you agreed.\n\n*Skipped: delete `iris-1`.*');
  });
});

describe('what stands under an answer', () => {
  it('is what was really done', async () => {
    await turn([[run({ pipeline: 'iris' })], ['It reached 0.99, all done!']]);
    expect(output).toMatch(/all done!\n\n\*Started `iris-1` \(still \w+\)\.\*$/);
  });

  it('is there, too, where the turn stops at its limit or the model fails', async () => {
    await turn([[run({ pipeline: 'iris' })]], { maxRounds: 1 });
    expect(output).toMatch(/\*Started `iris-1` .*\*\n\nI stopped after asking the model 1 times/);
    output = '';
    const broken = [new Error('socket hang up')];
    await expect(turn([[run({ pipeline: 'iris' })], broken, broken])).rejects.toThrow('socket hang up');
    expect(output).toContain('*Started `iris-2` ');
  });

  it('is that nothing was looked up, where figures come from nowhere', async () => {
    await turn([['Run 99 succeeded with accuracy 0.91.']]);
    expect(output).toBe('Run 99 succeeded with accuracy 0.91.\n\n*Nothing was looked up for this answer.*');
  });

  it('is nothing after a look', async () => {
    await turn([[list], ['There is one, with accuracy 0.91.']]);
    expect(output).toBe('There is one, with accuracy 0.91.');
  });

  it.each([
    ['run iris', '`iris-1` is still'],
    ['delete iris-7', 'Skipped: nothing was run'],
    ['help', 'run iris'],
  ])('is nothing where MLOps Basics answers "%s"', async (person, text) => {
    backend.runs.set('iris-7' as RunId, aRun({ id: 'iris-7' as RunId, label: 'iris-7', state: 'succeeded' }));
    no = ['delete `iris-7`'];
    await turn([], {
      person,
      model: {
        ...{ name: 'MLOps Basics', callsTools: true, byRules: true, maxTokens: 100_000 },
        async *send(messages, offered): AsyncIterable<ModelPart> {
          const results = messages.flatMap((message) => (message.role === 'results' ? message.results : []));
          const reply = answerBasics({
            ...{ person, focus: {}, tools: offered.map(({ name }) => name) },
            results: results.map((result) => result.text),
          });
          if (reply.kind === 'text') yield reply;
          else yield { kind: 'call', call: { id: '1', name: reply.name, input: reply.input } };
        },
      },
    });
    expect(output).toContain(text);
    expect(output).not.toMatch(/\*(?:Started|Skipped|Nothing|Ran|Not)/);
  });
});

describe('a read that brings the same', () => {
  it('is answered the third time with where it is, until something changes', async () => {
    const { results } = await turn([
      [list],
      [list],
      [list],
      [run({ pipeline: 'iris' })],
      [list],
      ['There is one.'],
    ]);
    expect(results[1]).toBe(results[0]);
    expect(results[2]).toMatch(/^You have this already: .* the last time in round 2\./);
    expect(results[4]).toBe(results[0]);
  });

  it('is made as often as one likes while a run goes on', async () => {
    const wait = { call: 'mlops_wait_for_run', input: { run: 'iris-1', wait: 0 } };
    const { results } = await turn([[run({ pipeline: 'iris' })], [wait], [wait], [wait], ['It goes on.']]);
    expect(new Set(results.slice(1)).size).toBe(1);
    expect(results[3]).not.toContain('You have this already');
  });
});

describe('a turn that goes on', () => {
  it('has the rounds of the last one before it, and counts as one that has read', async () => {
    const first = await turn([[list]], { maxRounds: 1 });
    expect(first.answer.ended).toBe('roundLimit');
    const { answer } = await turn([[run({ pipeline: 'iris' })], ['It runs.']], {
      person: 'go on',
      earlier: first.answer.rounds,
    });
    expect(answer.rounds.map(({ calls }) => calls[0]?.name)).toEqual([
      'mlops_list_pipelines',
      'mlops_run_pipeline',
    ]);
    expect(origins.at(-1)).toEqual({ hasRead: true, named: false, runsBefore: 0 });
  });
});

describe('what is known of a call', () => {
  it('is whether something was read before, and whether the sentence names its values', async () => {
    await turn([
      [run({ pipeline: 'iris' })],
      [list],
      [run({ pipeline: 'iris', parameters: { max_depth: 9 } })],
      ['Done.'],
    ]);
    expect(origins).toEqual([
      { hasRead: false, named: true, runsBefore: 0 },
      { hasRead: true, named: true, runsBefore: 1 },
      { hasRead: true, named: false, runsBefore: 1 },
    ]);
  });

  it('counts attachments as read', async () => {
    await turn([[run({ pipeline: 'iris' })], ['Done.']], { attached: 'Attached: `iris.yaml`' });
    expect(origins[0]?.hasRead).toBe(true);
  });
});

describe('a call that a weak model prints', () => {
  it('is made, and not shown', async () => {
    const printed = '<tool_call>{"name": "mlops_list_pipelines", "arguments": {}}</tool_call>';
    const { results } = await turn([['I look.\n', printed], ['There is iris.']]);
    expect(results[0]).toContain('iris');
    expect(output).toBe('I look.\n\n\nThere is iris.');
  });

  it('is replaced by a line where it is none', async () => {
    await turn([['<tool_call>{"name": "mlops_list_']]);
    expect(output).toBe('*(The model wrote a tool call as text. It was not made.)*');
  });
});
