import { expect, test } from 'vitest';
import * as vscode from 'vscode';
import { agentNamed, agents } from '../../core/agents/agents.ts';
import { keptRounds } from '../../core/agents/keptRounds.ts';
import { lastAgent, lastFocus, lastRounds, offered } from './memory.ts';

test('a suggested sentence is shown literally and sent unchanged', () => {
  const followUps = [{ prompt: 'describe iris' }, { prompt: 'describe "[a](https://b.example)"' }];
  expect(offered({ focus: {}, followUps, at: 0 })).toEqual([
    { prompt: 'describe iris' },
    {
      prompt: 'describe "[a](https://b.example)"',
      label: String.raw`describe "\[a\](https\://b.example)"`,
    },
  ]);
  expect(offered(undefined)).toEqual([]);
});

const turn = (more: object) =>
  Object.assign(Object.create(vscode.ChatResponseTurn.prototype), {
    result: { metadata: JSON.parse(JSON.stringify({ focus: {}, followUps: [], at: 1, ...more })) },
  });

test('the rounds of a turn that stopped at its limit are kept for the next one alone', () => {
  const rounds = [
    {
      text: 'I look.',
      calls: [{ id: '1', name: 'mlops_read_task_log', input: { run: 'iris-1' } }],
      results: [{ id: '1', text: 'epoch 1', cut: { keeps: 'end', rest: 'Ask again.' } }],
    },
  ] as const;
  const stopped = turn({ rounds: keptRounds(rounds) });
  expect(lastRounds([stopped])).toEqual(rounds);
  expect(lastRounds([stopped, turn({})])).toEqual([]);
  expect(lastRounds([])).toEqual([]);
});

test('the next turn begins with the last agent at work, even after turns without one', () => {
  const history = [turn({ agent: 'mlops' }), turn({ agent: 'storage', at: 2 }), turn({ at: 3 })];
  expect(lastAgent(history)).toBe('storage');
  expect(lastFocus(history).at).toBe(3);
  expect(agentNamed(agents, 'an agent of another version')).toBe(agents[0]);
});

test('what was listed is remembered in its order, with gaps, and a list without bounds is not', () => {
  const turn = (lists: unknown) =>
    Object.assign(Object.create(vscode.ChatResponseTurn.prototype), {
      result: { metadata: { focus: { run: 'iris-1', lists }, followUps: [], at: 1 } },
    });
  const lists = [{ kind: 'run', connection: 'team', names: ['iris-3', null], more: true }];
  expect(lastFocus([turn(lists)]).focus).toMatchObject({ run: 'iris-1', lists });
  const endless = [{ kind: 'run', names: Array.from({ length: 1000 }, () => 'iris-1') }];
  expect(lastFocus([turn(endless)]).focus).toEqual({});
});
