import { afterEach, describe, expect, it } from 'vitest';
import { tokensOf } from '../../src/vscode/chat/tokens.ts';
import { type Conversation, conversation } from './support/conversation.ts';

let chat: Conversation;

afterEach(() => chat.end());

const windows = [8000, 32_000, 128_000] as const;
const exchanges = [0, 6] as const;
const lines = [100, 900] as const;

const cases = windows.flatMap((window) =>
  exchanges.flatMap((history) => lines.map((printed) => ({ window, history, printed }))),
);

const longAnswer = Array.from(
  { length: 40 },
  (_, line) => `Line ${line} of an answer that explains a run in many words.`,
).join('\n');

describe('what a model is given of a long result', () => {
  it.each(cases)(
    'fits into $window tokens after $history exchanges, for a log of $printed lines',
    async ({ window, history, printed }) => {
      chat = await conversation({ window });
      const log = Array.from({ length: printed }, (_, line) => `step ${line} of ${printed}: loss 0.${line}`);
      await chat.home.print(24, 3, `${log.join('\n')}\n`);
      for (let said = 0; said < history; said += 1) await chat.say(`question ${said}`, [longAnswer]);
      const { tokens, requests, results, outcomes } = await chat.say(
        'show me the log of the last run',
        [{ call: 'mlops_read_task_log', input: { run: 'last', task: 'train-svm', tail: 1000 } }],
        ['Here it is.'],
      );
      for (const sum of tokens) expect(sum).toBeLessThanOrEqual(window);
      expect(JSON.stringify(requests.at(-1)?.messages)).toContain('show me the log of the last run');
      expect(results).toHaveLength(1);
      const [given = ''] = results;
      const [whole = ''] = outcomes;
      const isWhole = given === whole.trim();
      // Whole, or cut by lines, with its fence closed and the way to the rest.
      expect(isWhole || /Only the (?:last|first) \d+ of |Nothing of this/.test(given)).toBe(true);
      expect((given.match(/^```/gm) ?? []).length % 2).toBe(0);
      // A window is used: what it has room for is not cut.
      expect(isWhole || tokensOf(whole) >= window / 4).toBe(true);
    },
  );
});
