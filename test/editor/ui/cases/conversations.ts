import { beforeAll, describe, expect, it } from 'vitest';
import { seedFolders } from '../../../conversations/home/seedHome.ts';
import { measured } from '../../../conversations/measured.ts';
import type { Turn } from '../../../conversations/support/conversation.ts';
import type { ModelTurn, ScriptedEndpoint } from '../../harness/openaiServer.ts';
import { pickOwnModel } from '../support/ownModel.ts';
import { toolResults } from '../support/requests.ts';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

/** Sentences of the suite of conversations that start nothing: its runs are written, and run no Python. */
const reading = measured.filter(({ before }) => before === undefined);

export function conversationsCases(suite: Suite, endpoint: ScriptedEndpoint): void {
  describe('a conversation about many runs', () => {
    beforeAll(async () => {
      await suite.startOver();
      endpoint.forget();
      await seedFolders(suite.place);
    }, startMs);

    it.each(reading)('answers "$sentence"', async ({ sentence, turns, given }) => {
      const { chat } = suite.workbench;
      await pickOwnModel(suite.workbench);
      endpoint.add(...turns.map(toModelTurn));
      await chat.say(`@mlops ${sentence}`);
      const answer = await chat.waitForAnswer(runMs);
      const results = toolResults(endpoint.requests.at(-1)?.messages ?? []).join('\n');
      for (const text of given) expect(results).toContain(text);
      expect(answer).not.toMatch(/looked up for this answer/);
      expect(endpoint.left()).toBe(0);
      await shot(suite.workbench, `conversation-${sentence.replace(/\W+/g, '-').slice(0, 30)}`);
    });
  });
}

/** A turn of the suite as the endpoint says it. */
function toModelTurn(turn: Turn): ModelTurn {
  if (typeof turn === 'function') throw new Error('These conversations are written down.');
  const text = turn.filter((part) => typeof part === 'string').join('');
  const calls = turn.flatMap((part) =>
    typeof part === 'object' && 'call' in part ? [{ name: part.call, arguments: part.input }] : [],
  );
  return calls.length === 0 ? { text } : { text, calls };
}
