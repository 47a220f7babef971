import { describe, expect, it } from 'vitest';
import { echoTool } from '../../../test/fakes/echoTool.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { thisMachine } from '../domain/connection.ts';
import type { Json } from '../domain/json.ts';
import type { LanguageModel, ModelMessage, ModelPart } from '../ports/languageModel.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PromptSections } from '../ports/promptRenderer.ts';
import { agents } from './agents.ts';
import { converse, type ConverseDeps, type Turn } from './converse.ts';

type Reply = readonly (string | readonly [name: string, input: Json])[] | Error;

/** A model that says what its script says, one entry for each request, and keeps what it was sent. */
function scripted(
  script: readonly Reply[],
): LanguageModel & { readonly requests: (readonly ModelMessage[])[] } {
  const requests: (readonly ModelMessage[])[] = [];
  return {
    name: 'Scripted',
    callsTools: true,
    maxTokens: 1000,
    requests,
    async *send(messages): AsyncIterable<ModelPart> {
      requests.push(messages);
      const reply = script[requests.length - 1] ?? ['nothing more'];
      if (reply instanceof Error) {
        yield { kind: 'text', text: 'I was about to ' };
        throw reply;
      }
      for (const [index, part] of reply.entries()) {
        if (typeof part === 'string') yield { kind: 'text', text: part };
        else
          yield { kind: 'call', call: { id: `${requests.length}.${index}`, name: part[0], input: part[1] } };
      }
    },
  };
}

const given = toolDeps(new FakePipelineBackend());
const ran: string[] = [];
const tools = [echoTool('mlops_look', 'read', ran), echoTool('mlops_do', 'write', ran)];

async function turn(
  model: LanguageModel,
  {
    person = 'do it',
    history = [],
    today = '',
    ...more
  }: Partial<ConverseDeps & Pick<Turn, 'person' | 'history' | 'today'>> = {},
  signal = new AbortController().signal,
) {
  ran.length = 0;
  let output = '';
  const deps: ConverseDeps = {
    model,
    tools,
    maxRounds: 5,
    say: (markdown) => (output += markdown),
    render: async ({ person, rounds }) => [
      { role: 'user', text: person },
      ...rounds.flatMap((round): ModelMessage[] => [
        { role: 'assistant', text: round.text, calls: round.calls },
        { role: 'results', results: round.results },
      ]),
    ],
    check: async (tool, call) => tool.prepare(call.input, given, signal),
    invoke: async (tool, call) => tool.call(call.input, given, signal),
    ...more,
  };
  const answer = await converse(
    { agent: agents[0], agents, person, today, focus: {}, history },
    deps,
    signal,
  );
  return { answer, output, results: answer.rounds.flatMap((round) => round.results.map(({ text }) => text)) };
}

describe('a turn of the conversation', () => {
  it('calls tools and returns their results to the model until it answers', async () => {
    const model = scripted([[['mlops_look', { say: 'a' }]], ['It says a.']]);
    const { answer, output } = await turn(model);
    expect(answer.ended).toBe('answered');
    expect(output).toBe('It says a.');
    expect(model.requests[1]?.at(-1)).toEqual({ role: 'results', results: [{ id: '1.0', text: 'said a' }] });
  });

  it('keeps what each call named in the order of the calls, whether it changed anything, and the last text', async () => {
    const model = scripted([
      ['I look.', ['mlops_look', { say: 'a' }]],
      [['mlops_do', { say: 'b' }]],
      ['It says ', 'b.'],
    ]);
    const { answer } = await turn(model, {
      invoke: async (_tool, call) => ({
        text: 'said',
        mentions: [{ kind: 'bucket', connection: thisMachine, bucket: JSON.stringify(call.input) }],
      }),
    });
    expect(answer.text).toBe('It says b.');
    expect(answer.named).toMatchObject([
      { writes: false, mentions: [{ bucket: '{"say":"a"}' }] },
      { writes: true, mentions: [{ bucket: '{"say":"b"}' }] },
    ]);
  });

  it('suggests the nearest names for a tool that does not exist', async () => {
    const { results } = await turn(scripted([[['mlops_lok', {}]], ['ok']]));
    expect(results).toEqual(['There is no tool mlops_lok. Did you mean mlops_look or mlops_do?']);
  });

  it('tells the model why an input does not fit, without asking the person', async () => {
    const asked: string[] = [];
    const { results } = await turn(scripted([[['mlops_do', { sya: 'a' }]], ['ok']]), {
      invoke: async (tool) => {
        asked.push(tool.name);
        return 'skipped';
      },
    });
    expect(asked).toEqual([]);
    expect(results[0]).toMatch(/^The input of mlops_do does not fit: .*say.*It takes say\.$/s);
  });

  it('gives the model the error of a tool as text and goes on', async () => {
    const { results, output } = await turn(scripted([[['mlops_look', { say: 'fail' }]], ['Not there.']]));
    expect(results).toEqual(['There is no such thing. Look again.']);
    expect(output).toBe('Not there.');
  });

  it('gives the prompt the day and the tools that the model is offered', async () => {
    const prompts: PromptSections[] = [];
    await turn(scripted([['ok']]), {
      today: 'Today is Friday, 2026-01-02 (UTC+00:00).',
      render: async (sections) => {
        prompts.push(sections);
        return [];
      },
    });
    expect(prompts[0]?.today).toBe('Today is Friday, 2026-01-02 (UTC+00:00).');
    expect(prompts[0]?.tools.map(({ name }) => name)).toEqual(['mlops_look', 'mlops_do']);
  });

  it('hides secrets in history and results, but not in what the person says now', async () => {
    const prompts: PromptSections[] = [];
    const { results } = await turn(scripted([[['mlops_look', { say: 'password=swordfish' }]], ['ok']]), {
      render: async (sections) => {
        prompts.push(sections);
        return [];
      },
      person: 'run it with password=swordfish2',
      history: [
        { person: 'use token=ghp_aB3aB3aB3aB3aB3aB3aB3aB3', answer: 'It is at https://me:swordfish@host/x' },
      ],
    });
    expect(results).toEqual(['said password=••••']);
    expect(prompts[1]).toMatchObject({
      person: 'run it with password=swordfish2',
      history: [{ person: 'use token=••••', answer: 'It is at https://me:••••@host/x' }],
      rounds: [{ results: [{ text: 'said password=••••' }] }],
    });
  });

  it('reports that a pipeline changed after the question, even when more calls follow', async () => {
    const look = [['mlops_look', { say: 'a' }]] as const;
    const { answer, results } = await turn(scripted([[['mlops_do', { say: 'stale' }]], look, ['Changed.']]));
    expect(answer.changed).toBe(true);
    expect(results[0]).toBe(
      'iris was not started: its code changed since you were asked. Ask again to see what it would do.',
    );
    expect((await turn(scripted([look, ['ok']]))).answer.changed).toBe(false);
  });

  it('makes several calls of one reply, reads before writes, with a result for each', async () => {
    const { results } = await turn(
      scripted([
        [
          ['mlops_do', { say: '1' }],
          ['mlops_look', { say: '2' }],
        ],
        ['ok'],
      ]),
    );
    expect(results).toEqual(['said 1', 'said 2']);
    expect(ran).toEqual(['mlops_look 2', 'mlops_do 1']);
  });

  it('makes the same write only once', async () => {
    const again = [['mlops_do', { say: 'x' }]] as const;
    const { results } = await turn(scripted([[...again, ...again], again, ['ok']]));
    expect(ran).toEqual(['mlops_do x']);
    expect(results[1]).toContain('is not made again');
    expect(results[2]).toContain('is not made again');
  });

  it('tells the model that the person skipped a call', async () => {
    const { results } = await turn(scripted([[['mlops_do', { say: 'x' }]], ['ok']]), {
      invoke: async () => 'skipped',
    });
    expect(results[0]).toContain('did not run and nothing was changed');
  });

  it('asks the model once more when its reply breaks off', async () => {
    const model = scripted([new Error('socket hang up'), ['Here it is.']]);
    const { output, answer } = await turn(model);
    expect(answer.ended).toBe('answered');
    expect(output).toContain('asking again');
    expect(output).toContain('Here it is.');
  });

  it('fails with the error when the reply breaks off twice', async () => {
    const broken = new Error('socket hang up');
    await expect(turn(scripted([broken, broken]))).rejects.toThrow('socket hang up');
  });

  it('asks the model again when its reply is empty', async () => {
    const { output } = await turn(scripted([[], ['Hello.']]));
    expect(output).toBe('Hello.');
  });

  it('stops at the round limit and says so', async () => {
    const { answer, output } = await turn(
      scripted(Array.from({ length: 9 }, (_, n) => [['mlops_look', { say: `${n}` }]] as const)),
    );
    expect(answer.ended).toBe('roundLimit');
    expect(output).toContain('I stopped after asking the model 5 times');
  });

  it('ends without an error when it is cancelled', async () => {
    const controller = new AbortController();
    const { answer } = await turn(
      scripted([[['mlops_look', { say: 'a' }]]]),
      {
        invoke: async () => {
          controller.abort();
          throw new MlopsError('cancelled', 'Cancelled.');
        },
      },
      controller.signal,
    );
    expect(answer.ended).toBe('cancelled');
  });
});
