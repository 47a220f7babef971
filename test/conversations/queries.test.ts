import { afterEach, describe, expect, it } from 'vitest';
import { queries } from './queries.ts';
import { type Conversation, conversation } from './support/conversation.ts';

let chat: Conversation;

afterEach(() => chat.end());

describe('a sentence that people say', () => {
  it.each(queries)('$kind: "$sentence"', async ({ before, sentence, turns, given, not = [], starts }) => {
    chat = await conversation();
    if (before !== undefined) await chat.say(before.sentence, ...before.turns);
    const { answer, questions, results, outcomes } = await chat.say(sentence, ...turns);
    const read = results.join('\n');
    for (const text of given) expect(read).toMatch(text);
    for (const text of not) expect(read).not.toContain(text);
    // Nothing was cut on its way to the model. Reads of one request end in any order.
    expect(results.toSorted()).toEqual(outcomes.map((outcome) => outcome.trim()).toSorted());
    expect(answer).toMatch(/\.$/m);
    expect(chat.started).toMatchObject(starts === undefined ? [] : [starts]);
    expect(questions).toHaveLength(starts === undefined ? 0 : 1);
    for (const [name, value] of Object.entries(starts?.parameters ?? {}))
      expect(questions[0]).toContain(`\`${name}\` = \`${value}\``);
  });

  it('is about a pipeline that does not exist: the answer is told the nearest ones', async () => {
    chat = await conversation();
    const { results, questions } = await chat.say(
      'Run the diabets svm',
      [{ call: 'mlops_run_pipeline', input: { pipeline: 'diabets-svm' } }],
      ['Did you mean `diabetes-svm`?'],
    );
    expect(results.join('\n')).toContain('diabetes-svm');
    expect(questions).toEqual([]);
    expect(chat.started).toEqual([]);
  });
});
