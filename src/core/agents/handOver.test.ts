import { beforeEach, describe, expect, it } from 'vitest';
import { echoTool } from '../../../test/fakes/echoTool.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { ScriptedModel, type ScriptedTurn } from '../../../test/fakes/scriptedModel.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import type { PromptSections } from '../ports/promptRenderer.ts';
import { type Agent, agents as ours } from './agents.ts';
import { converse } from './converse.ts';

const pipelines: Agent = {
  name: 'pipelines',
  charter: 'You run pipelines.',
  tools: ({ name }) => name === 'mlops_run',
  examples: ['run iris'],
  handsOffTo: ['storage'],
};
const storage: Agent = {
  name: 'storage',
  charter: 'You know objects.',
  tools: ({ name }) => name === 'mlops_read',
  examples: ['what is in the bucket of iris?'],
  handsOffTo: ['pipelines'],
};

const given = toolDeps(new FakePipelineBackend());
const signal = new AbortController().signal;
let ran: string[];
let prompts: PromptSections[];
let output: string;

beforeEach(() => {
  ran = [];
  prompts = [];
  output = '';
});

/** A turn that begins with the first agent. */
async function turn(agents: readonly [Agent, ...Agent[]], ...script: readonly ScriptedTurn[]) {
  const model = new ScriptedModel(...script);
  const answer = await converse(
    { agent: agents[0], agents, person: 'run it on what is in the bucket', focus: {}, history: [] },
    {
      model,
      tools: [echoTool('mlops_run', 'write', ran), echoTool('mlops_read', 'read', ran)],
      maxRounds: 20,
      say: (markdown) => (output += markdown),
      render: async (sections) => {
        prompts.push({ ...sections, rounds: [...sections.rounds] });
        return [];
      },
      check: async (tool, call) => tool.prepare(call.input, given, signal),
      invoke: async (tool, call) => tool.call(call.input, given, signal),
    },
    signal,
  );
  const offered = model.requests.map(({ tools }) => tools.map(({ name }) => name));
  const results = answer.rounds.map((round) => round.results.map(({ text }) => text));
  return { answer, model, offered, results };
}

const over = (to: string, more: { readonly [name: string]: string } = {}) => ({
  call: 'hand_over',
  input: { to, task: 'Find the data.', because: 'It is in the bucket', ...more },
});
const read = { call: 'mlops_read', input: { say: 'data.csv' } };
const run = { call: 'mlops_run', input: { say: 'iris' } };

describe('an agent that can hand over', () => {
  it('lets another agent continue the turn, and gets it back with all results', async () => {
    const { answer, offered, results } = await turn(
      [pipelines, storage],
      [over('storage')],
      ['I look.', read],
      [over('pipelines', { because: 'The data is found' })],
      [run],
      ['It ran.'],
    );
    expect(prompts.map(({ charter }) => charter)).toEqual([
      pipelines.charter,
      storage.charter,
      storage.charter,
      pipelines.charter,
      pipelines.charter,
    ]);
    expect(offered).toEqual([
      ['mlops_run', 'hand_over'],
      ['mlops_read', 'hand_over'],
      ['mlops_read', 'hand_over'],
      ['mlops_run', 'hand_over'],
      ['mlops_run', 'hand_over'],
    ]);
    expect(ran).toEqual(['mlops_read data.csv', 'mlops_run iris']);
    expect(prompts[3]?.rounds.map((round) => round.calls[0]?.name)).toEqual([
      'hand_over',
      'mlops_read',
      'hand_over',
    ]);
    expect(results[0]?.[0]).toContain('You are storage now.');
    expect(answer).toMatchObject({ ended: 'answered', agent: { name: 'pipelines' } });
  });

  it('tells the person who continues and why', async () => {
    await turn([pipelines, storage], ['One moment.', over('storage')], ['There.']);
    expect(output).toBe('One moment.\n\n*storage goes on: It is in the bucket*\n\nThere.');
  });

  it('is told what people ask the other agents', async () => {
    const { model } = await turn([pipelines, storage], ['Hello.']);
    const offer = model.requests[0]?.tools.at(-1);
    expect(offer?.description).toContain('- storage: "what is in the bucket of iris?"');
    expect(offer?.inputSchema).toHaveProperty('properties.to.enum', ['storage']);
  });

  it('cannot call the tools of another agent', async () => {
    const { results } = await turn([pipelines, storage], [read], ['ok']);
    expect(results[0]?.[0]).toBe('There is no tool mlops_read. Did you mean mlops_run?');
    expect(ran).toEqual([]);
  });

  it('cannot hand over to itself or to an unknown agent', async () => {
    const { results, answer } = await turn(
      [pipelines, storage],
      [over('pipelines')],
      [over('monitoring')],
      [{ call: 'hand_over', input: {} }],
      ['ok'],
    );
    for (const [text] of results) expect(text).toMatch(/^pipelines can hand over to storage, with .*: .*/);
    expect(answer.agent.name).toBe('pipelines');
    expect(output).toBe('ok');
  });

  it('makes the other calls of its reply, too, and hands over only once', async () => {
    const { results } = await turn(
      [pipelines, { ...storage, handsOffTo: [] }],
      [over('storage'), run, over('storage')],
      ['ok'],
    );
    expect(results[0]).toEqual([
      expect.stringContaining('You are storage now.'),
      'said iris',
      'storage goes on already. Only one agent is at work at a time.',
    ]);
    expect(ran).toEqual(['mlops_run iris']);
  });

  it('does not repeat a write after handing over', async () => {
    const both = { ...storage, tools: () => true };
    const { results } = await turn([pipelines, both], [run], [over('storage')], [run], ['ok']);
    expect(ran).toEqual(['mlops_run iris']);
    expect(results[2]?.[0]).toContain('is not made again');
  });

  it('hands over at most four times in a turn', async () => {
    const there = [over('storage')];
    const back = [over('pipelines')];
    const { answer, offered, results } = await turn([pipelines, storage], there, back, there, back, there, [
      'That is all.',
    ]);
    expect(results[4]?.[0]).toContain('handed over 4 times');
    expect(offered.at(-1)).toEqual(['mlops_run']);
    expect(answer).toMatchObject({ ended: 'answered', agent: { name: 'pipelines' } });
  });
});

describe('an agent that hands over to nobody', () => {
  it('is not offered the tool hand_over', async () => {
    const { offered, results } = await turn(
      [{ ...pipelines, handsOffTo: [] }, storage],
      [over('storage')],
      ['ok'],
    );
    expect(offered[0]).toEqual(['mlops_run']);
    expect(results[0]?.[0]).toBe('There is no tool hand_over. The tools are mlops_run.');
  });
});

describe('the table of agents', () => {
  it('has unique names, and hands over only to other agents of the table', () => {
    const names = ours.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    for (const { name, handsOffTo, examples } of ours) {
      expect(handsOffTo.filter((other) => other === name || !names.includes(other))).toEqual([]);
      expect(examples).not.toEqual([]);
    }
  });
});
