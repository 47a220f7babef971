import { describe, expect, it, test } from 'vitest';
import { isGoOn, keptRounds } from './keptRounds.ts';

const round = (id: string, text: string) => ({
  text: '',
  calls: [{ id, name: 'mlops_read_task_log', input: { run: id } }],
  results: [{ id, text }],
});

describe('what a conversation keeps of a turn', () => {
  it('is all of it where it is short', () => {
    const rounds = [round('a', 'one'), round('b', 'two')];
    expect(keptRounds(rounds)).toEqual(rounds);
  });

  it('is bounded, the newest first, and says what is not there', () => {
    const rounds = ['a', 'b', 'c'].map((id) => round(id, `line of ${id}\n`.repeat(50)));
    const kept = keptRounds(rounds, 1200);
    expect(JSON.stringify(kept).length).toBeLessThan(1700);
    expect(kept.at(-1)).toEqual(rounds.at(-1));
    expect(kept[0]?.results[0]?.text).toMatch(/Nothing of this|Only the first|left out/);
  });

  it('has no secrets', () => {
    const calls = [
      { id: 'a', name: 'mlops_run_pipeline', input: { parameters: { password: 'swordfish', depth: 3 } } },
    ];
    const [kept] = keptRounds([{ text: 'token=ghp_aB3aB3aB3aB3aB3aB3aB3aB3', calls, results: [] }]);
    expect(kept?.calls[0]?.input).toEqual({ parameters: { password: '••••', depth: 3 } });
    expect(kept?.text).toBe('token=••••');
  });
});

test.each([
  ['go on', true],
  ['Go on!', true],
  ['please continue', true],
  ['weiter', true],
  ['ok, keep going.', true],
  ['go on vacation', false],
  ['continue training iris', false],
])('"%s" goes on with the last answer: %s', (sentence, expected) => {
  expect(isGoOn(sentence)).toBe(expected);
});
