import { afterEach, describe, expect, it } from 'vitest';
import { MlopsError } from '../../src/core/ports/mlopsError.ts';
import { skippedText } from '../../src/core/tools/errorText.ts';
import { tools } from '../../src/core/tools/table.ts';
import { type Conversation, conversation } from './support/conversation.ts';

let chat: Conversation;

afterEach(() => chat.end());

const destroys = tools.find(({ effect }) => effect === 'destroy')?.name ?? '';
const run = (input: object) => [{ call: 'mlops_run_pipeline', input: input as never }];

describe('a weak model', () => {
  it('names a tool that does not exist, is told the tools, and goes on', async () => {
    chat = await conversation();
    const { calls, results, answer } = await chat.say(
      'list the runs of churn',
      [{ call: 'list_pipeline_runs', input: { name: 'churn' } }],
      [{ call: 'mlops_list_runs', input: { pipeline: 'churn' } }],
      ['`churn-20` is the newest.'],
    );
    expect(results[0]).toContain('mlops_list_runs');
    expect(calls.map(({ name }) => name)).toEqual(['mlops_list_runs']);
    expect(answer).toContain('`churn-20`');
  });

  it('was offered few tools, asks for another one by its name, and has it', async () => {
    chat = await conversation();
    const { requests, results } = await chat.say(
      'why did the last diabetes run fail?',
      [{ call: 'more_tools', input: { names: ['mlops_read_source'] } }],
      [{ call: 'mlops_read_source', input: { run: 'diabetes-svm-24' } }],
      ['`train-svm` fits on missing values.'],
    );
    const offered = requests.map(({ tools: given }) => given.map(({ name }) => name));
    expect(offered[0]).not.toContain('mlops_read_source');
    expect(offered[1]).toContain('mlops_read_source');
    expect(results[0]).toBe('You have mlops_read_source now.');
  });

  it('gives values of wrong types and names: nobody is asked until the call fits', async () => {
    chat = await conversation();
    const { questions, results } = await chat.say(
      'run the diabetes SVM with C 10',
      run({ pipeline: 'diabetes-svm', parameters: [10] }),
      run({ pipeline: 'diabetes-svm', parameters: { c: 10 } }),
      run({ pipeline: 'diabetes-svm', parameters: { C: 'ten' } }),
      run({ pipeline: 'diabetes-svm', parameters: { C: 10 } }),
      ['`diabetes-svm-25` succeeded.'],
    );
    expect(results[0]).toMatch(/parameters/);
    expect(results[1]).toMatch(/did you mean C\?/);
    expect(results[2]).toMatch(/C/);
    expect(questions).toEqual([expect.stringMatching(/`C` = `10`/)]);
    expect(chat.started).toMatchObject([{ pipeline: 'diabetes-svm', parameters: { C: 10 } }]);
  });

  it('writes a number as a text: the run gets a number', async () => {
    chat = await conversation();
    await chat.say('run iris with max_depth 6', run({ pipeline: 'iris', parameters: { max_depth: '6' } }), [
      'Done.',
    ]);
    expect(chat.started).toMatchObject([{ parameters: { max_depth: 6 } }]);
  });

  it('prints a call in place of making it: what destroys is not done without a yes', async () => {
    chat = await conversation({ agrees: () => false });
    const { answer } = await chat.say(
      'delete iris-2',
      [`<tool_call>{"name": "${destroys}", "arguments": {"run": "iris-2"}}</tool_call>`],
      ['Done.'],
    );
    expect(answer).not.toContain('<tool_call>');
    const { results } = await chat.say(
      'is it still there?',
      [{ call: 'mlops_describe_run', input: { run: 'iris-2' } }],
      ['Yes.'],
    );
    expect(results[0]).toContain('`iris-2` succeeded');
  });

  it('breaks off in the middle of an answer: it is asked once more, and the broken call is not made', async () => {
    chat = await conversation();
    const { answer, calls } = await chat.say(
      'run iris',
      ['I will ', ...run({ pipeline: 'iris' }), new MlopsError('unreachable', 'The connection was closed.')],
      ['Say again what to run.'],
    );
    expect(calls).toEqual([]);
    expect(chat.started).toEqual([]);
    expect(answer).toContain('Say again what to run.');
  });

  it('answers with nothing twice: the person is told so', async () => {
    chat = await conversation();
    const { answer } = await chat.say('list runs', [], []);
    expect(answer).toMatch(/answered with nothing/);
  });

  it('makes the same write twice: the person is asked once and one run is started', async () => {
    chat = await conversation();
    const { questions } = await chat.say('run iris', run({ pipeline: 'iris' }), run({ pipeline: 'iris' }), [
      'Done.',
    ]);
    expect(questions).toHaveLength(1);
    expect(chat.started).toHaveLength(1);
  });

  it('makes the same write twice in other words: the person is asked once and one run is started', async () => {
    chat = await conversation();
    const { questions } = await chat.say(
      'run iris',
      run({ pipeline: 'iris' }),
      run({ pipeline: 'Iris', cache: true }),
      ['Done.'],
    );
    expect(questions).toHaveLength(1);
    expect(chat.started).toHaveLength(1);
  });

  it('says that it did what was skipped: under the answer stands what was done', async () => {
    chat = await conversation({ agrees: (question) => question.startsWith('Run iris') });
    const { answer } = await chat.say(
      'run iris and delete iris-2',
      [...run({ pipeline: 'iris' }), { call: destroys, input: { run: 'iris-2' } }],
      ['All done: I ran iris and deleted iris-2.'],
    );
    expect(answer).toMatch(/Ran .?`iris-25`/);
    expect(answer).toMatch(/Skipped: delete/i);
  });

  it('goes on after the person said no: what was skipped is not done', async () => {
    chat = await conversation({ agrees: () => false });
    const { results, questions } = await chat.say(
      'delete iris-2 and run churn',
      [{ call: destroys, input: { run: 'iris-2' } }, ...run({ pipeline: 'churn' })],
      ['I deleted iris-2 and ran churn.'],
    );
    expect(questions.length).toBeGreaterThanOrEqual(2);
    expect(results).toEqual([skippedText, skippedText]);
    expect(chat.started).toEqual([]);
    const { results: after } = await chat.say(
      'is it still there?',
      [{ call: 'mlops_describe_run', input: { run: 'iris-2' } }],
      ['Yes.'],
    );
    expect(after[0]).toContain('`iris-2` succeeded');
  });

  it('reads without end: the answer stops and says how to go on', async () => {
    chat = await conversation();
    const reads = Array.from({ length: 12 }, (_, page) => [
      { call: 'mlops_describe_run', input: { run: String(page + 1) } },
    ]);
    const { answer, tokens } = await chat.say('look at everything', ...reads);
    expect(tokens).toHaveLength(12);
    expect(answer).toMatch(/"go on"/);
  });
});
