import { afterEach, describe, expect, it } from 'vitest';
import { measured } from './measured.ts';
import { type Conversation, conversation } from './support/conversation.ts';

let chat: Conversation;

afterEach(() => chat.end());

describe('the tokens that a model is sent', () => {
  it.each(measured)('for "$sentence" are at most $upTo', async ({ sentence, before, turns, given, upTo }) => {
    chat = await conversation();
    if (before !== undefined) await chat.say(before.sentence, ...before.turns);
    const { tokens, results } = await chat.say(sentence, ...turns);
    const read = results.join('\n');
    for (const text of given) expect(read).toContain(text);
    expect(tokens.reduce((all, one) => all + one, 0)).toBeLessThanOrEqual(upTo);
  });
});
