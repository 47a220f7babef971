import { describe, expect, it } from 'vitest';
import { agents } from '../../core/agents/agents.ts';
import { roomForAnswer } from '../../core/agents/fitSections.ts';
import { offeredTools } from '../../core/agents/moreTools.ts';
import type { ModelMessage } from '../../core/ports/languageModel.ts';
import type { PromptSections } from '../../core/ports/promptRenderer.ts';
import { untrusted } from '../../core/text/markdown.ts';
import { tools } from '../../core/tools/table.ts';
import { createRenderPrompt } from './renderPrompt.ts';
import { tokensOf } from './tokens.ts';

const signal = new AbortController().signal;
const line = 'epoch 12: loss 0.1234, accuracy 0.9876, learning rate 0.001 ';
const log = (bytes: number) =>
  untrusted(
    `\`artifacts/log.txt\`, bytes 0 to ${bytes} of 90000; ask with offset ${bytes} for more`,
    `${line}\n`.repeat(bytes / (line.length + 1)),
  );

const windows = [8_000, 32_000, 128_000];
const cases = windows.flatMap((window) =>
  [0, 3, 10].flatMap((history) =>
    [1_000, 10_000, 60_000].flatMap((bytes) =>
      [1, 3, 9].map((results) => ({ window, history, bytes, results })),
    ),
  ),
);

/** A turn whose last round has these results, after a short one. */
function sectionsOf({ history, bytes, results }: (typeof cases)[number]): PromptSections {
  const ids = Array.from({ length: results }, (_, index) => `new-${index}`);
  return {
    charter: agents[0].charter,
    today: 'Today is Friday, 2026-01-02 (UTC+00:00).',
    focus: 'In focus (what "it" may mean):\nrun: "iris-12"',
    history: Array.from({ length: history }, (_, index) => ({
      person: `question ${index}`,
      answer: 'It reached an accuracy of 0.97. '.repeat(30),
    })),
    attached: '',
    person: 'what does it say?',
    rounds: [
      {
        text: '',
        calls: [{ id: 'old', name: 'mlops_list_runs', input: {} }],
        results: [{ id: 'old', text: 'iris-12 succeeded' }],
      },
      {
        text: 'I read it.',
        calls: ids.map((id) => ({ id, name: 'mlops_read_object', input: { bucket: 'artifacts', key: id } })),
        results: ids.map((id) => ({ id, text: log(bytes) })),
      },
    ],
    tools: offeredTools(tools, { person: 'what does it say?', focus: {}, rounds: [] }),
  };
}

const textOf = (message: ModelMessage) =>
  message.role === 'results'
    ? message.results.map(({ text }) => text).join('')
    : message.text + (message.role === 'assistant' ? JSON.stringify(message.calls) : '');
const resultsOf = (messages: readonly ModelMessage[]) =>
  messages.flatMap((message) => (message.role === 'results' ? message.results : []));
const said = (messages: readonly ModelMessage[], text: string) =>
  messages.some((message) => message.role === 'user' && message.text.includes(text));

describe('the room of a prompt', () => {
  it.each(cases)(
    '$window tokens, $history exchanges, $results results of $bytes bytes: all is used, and what is cut says so',
    async (example) => {
      const sections = sectionsOf(example);
      const messages = await createRenderPrompt(example.window)(sections, signal);
      const offered = tokensOf(JSON.stringify(sections.tools));
      const used = messages.reduce((sum, message) => sum + tokensOf(textOf(message)), offered);
      const room = example.window - roomForAnswer({ maxTokens: example.window, tokensOf });
      expect(used).toBeLessThanOrEqual(room);

      const results = resultsOf(messages);
      const asked = sections.rounds.flatMap((round) => round.results);
      expect(results.map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
      expect(results[0]?.text).toBe(asked[0]?.text);
      const cut = results.filter(({ text }, index) => text !== asked[index]?.text);
      for (const { text } of cut) {
        expect(text.match(/^```/gm)).toHaveLength(2);
        const lines = text.split('\n').filter((shown) => shown === line).length;
        const to = lines * (line.length + 1);
        expect(lines).toBeGreaterThan(2);
        expect(text).toContain(`bytes 0 to ${to} of 90000; ask with offset ${to} for more`);
        expect(text).toContain(`Only the first ${lines} of `);
        expect(text).toContain(`For the rest, ask with offset ${to}.`);
      }
      // Frames of messages and one line of each result are all that may be left over.
      const slack = 8 * (sections.tools.length + messages.length + asked.length + 4) + 40 * asked.length;
      const kept = sections.history.filter(({ person }) => said(messages, person)).length;
      const oneExchange = kept < example.history ? slack + 500 : Infinity;
      expect(room - used).toBeLessThan(cut.length > 0 ? slack : oneExchange);
      expect(said(messages, 'of this conversation')).toBe(kept < example.history);
      expect(kept > 0 && cut.length > 0).toBe(false);
    },
  );

  it('holds nine whole descriptions of runs in a window of 32 thousand tokens', async () => {
    const example = { window: 32_000, history: 10, bytes: 6_000, results: 9 };
    const results = resultsOf(await createRenderPrompt(example.window)(sectionsOf(example), signal));
    expect(results.slice(1).map(({ text }) => text)).toEqual(Array.from({ length: 9 }, () => log(6_000)));
  });

  it('gives the newest results first, and says of older ones what there was no room for', async () => {
    const { rounds, ...sections } = sectionsOf({ window: 8_000, history: 0, bytes: 10_000, results: 1 });
    const again = Array.from({ length: 3 }, (_, index) => ({
      text: '',
      calls: [{ id: `${index}`, name: 'mlops_read_object', input: {} }],
      results: [{ id: `${index}`, text: log(8_000) }],
    }));
    const messages = await createRenderPrompt(8_000)({ ...sections, rounds: again }, signal);
    const [oldest, , newest] = resultsOf(messages);
    expect(newest?.text).toBe(log(8_000));
    expect(oldest?.text).toMatch(/^\(Nothing of this, 8.\d kB, was delivered|Only the first/);
    expect(rounds).toHaveLength(2);
  });

  it('leaves out the oldest rounds of a turn where not even their calls fit, and says so', async () => {
    const { rounds: _, ...sections } = sectionsOf({ window: 8_000, history: 0, bytes: 1_000, results: 1 });
    const many = Array.from({ length: 60 }, (_round, index) => ({
      text: '',
      calls: [{ id: `${index}`, name: 'mlops_read_object', input: { key: 'k'.repeat(100) } }],
      results: [{ id: `${index}`, text: log(1_000) }],
    }));
    const results = resultsOf(await createRenderPrompt(8_000)({ ...sections, rounds: many }, signal));
    expect(results.at(-1)?.text).toBe(log(1_000));
    expect(results[0]?.text).toMatch(
      /^\(\d+ earlier results of this answer are left out: there was no room\.\)/,
    );
  });
});
