import { describe, expect, it } from 'vitest';
import type { PromptSections } from '../../core/ports/promptRenderer.ts';
import { createRenderPrompt, roomForAttachments } from './renderPrompt.ts';

const signal = new AbortController().signal;
const sections: PromptSections = {
  charter: 'You are @mlops.',
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
};

describe('the prompt', () => {
  it('has its sections in order, the sentence in a part of its own, and each round as the model wrote it', async () => {
    expect(await createRenderPrompt(50_000)(sections, signal)).toEqual([
      { role: 'user', text: 'You are @mlops.' },
      { role: 'user', text: 'list runs' },
      { role: 'assistant', text: 'There are two.', calls: [] },
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
    const texts = (await createRenderPrompt(11_000)({ ...sections, history: long }, signal)).map((message) =>
      'text' in message ? message.text : '',
    );
    expect(texts).toContain('You are @mlops.');
    expect(texts).toContain('stop it');
    expect(texts).toContain('question 19');
    expect(texts).not.toContain('question 0');
  });

  it('gives attachments at most a third of the room that charter, focus and sentence leave', () => {
    expect(roomForAttachments(38_000, ['x'.repeat(3000)])).toBe(Math.floor(29_000 / 3));
    expect(roomForAttachments(4000, ['x'.repeat(9000)])).toBe(0);
  });
});
