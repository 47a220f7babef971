import { describe, expect, it } from 'vitest';
import type { PromptSections } from '../../core/ports/promptRenderer.ts';
import { untrusted } from '../../core/text/markdown.ts';
import { createRenderPrompt, roomForAttachments } from './renderPrompt.ts';

const signal = new AbortController().signal;
const sections: PromptSections = {
  charter: 'You are @mlops.',
  today: 'Today is Friday, 2026-01-02 (UTC+00:00).',
  focus: 'In focus: iris-12',
  history: [{ person: 'list runs', answer: 'There are two.' }],
  attached: 'Attached: `iris.yaml`',
  person: 'stop it',
  rounds: [
    {
      text: 'I look.',
      calls: [{ id: '1', name: 'mlops_list_runs', input: { state: 'active' } }],
      results: [{ id: '1', text: 'iris-12 is running' }],
    },
  ],
  tools: [],
};

describe('the prompt', () => {
  it('has its sections in order, the sentence in a part of its own, and each round as the model wrote it', async () => {
    expect(await createRenderPrompt(50_000)(sections, signal)).toEqual([
      { role: 'user', text: 'You are @mlops.' },
      { role: 'user', text: 'list runs' },
      { role: 'assistant', text: 'There are two.', calls: [] },
      { role: 'user', text: 'Today is Friday, 2026-01-02 (UTC+00:00).' },
      { role: 'user', text: 'In focus: iris-12' },
      { role: 'user', text: 'Attached: `iris.yaml`' },
      { role: 'user', text: 'stop it' },
      { role: 'assistant', text: 'I look.', calls: sections.rounds[0]?.calls },
      { role: 'results', results: [{ id: '1', text: 'iris-12 is running' }] },
    ]);
  });

  it('drops the oldest history first when it does not fit, and never the charter or the sentence', async () => {
    const long = Array.from({ length: 20 }, (_, n) => ({
      person: `question ${n}`,
      answer: 'word '.repeat(300),
    }));
    const texts = (await createRenderPrompt(4000)({ ...sections, history: long }, signal)).map((message) =>
      'text' in message ? message.text : '',
    );
    expect(texts).toContain('You are @mlops.');
    expect(texts).toContain('stop it');
    expect(texts).toContain('question 19');
    expect(texts).not.toContain('question 0');
    expect(texts[1]).toMatch(
      /^\(\d+ earlier exchanges of this conversation are left out: there was no room\.\)$/,
    );
  });

  it('cuts what was attached where results leave no room for it, and says so', async () => {
    const attached = untrusted('Attached: `train.py`', 'a line of code\n'.repeat(5000));
    const messages = await createRenderPrompt(4000)({ ...sections, attached }, signal);
    const text = messages
      .map((message) => ('text' in message ? message.text : ''))
      .find((said) => said.startsWith('Attached'));
    expect(text).toMatch(/^a line of code\n```\n\n\(Only the first \d+ of 5000 lines, /m);
  });

  it('gives attachments at most a third of the room that the tools and what always stays leave', () => {
    const big = { name: 'mlops_x', description: 'x'.repeat(3000), inputSchema: {} };
    const room = (maxTokens: number, more: Partial<PromptSections> = {}) =>
      roomForAttachments(maxTokens, { ...sections, ...more });
    expect(room(32_000)).toBeGreaterThan(9900);
    expect(room(32_000) - room(32_000, { tools: [big] })).toBeGreaterThan(330);
    expect(room(32_000) - room(32_000, { person: 'x'.repeat(3000) })).toBeGreaterThan(330);
    expect(room(2000, { person: 'x'.repeat(9000) })).toBe(333);
  });
});
