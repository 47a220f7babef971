// What 0.1.0 kept names no connection: there was one only. All of it belongs to this machine.
import { expect, test } from 'vitest';
import * as vscode from 'vscode';
import { runRef } from '../../test/fakes/aRun.ts';
import { FakeClock } from '../../test/fakes/fakeClock.ts';
import { memento } from '../../test/vscode/memento.ts';
import { type ConnectionId, thisMachine } from '../core/domain/connection.ts';
import type { RunId } from '../core/domain/run.ts';
import { agentNamed, agents } from '../core/agents/agents.ts';
import { lastAgent, lastFocus } from './chat/memory.ts';
import { lastRun } from './lastRun.ts';
import { ActiveRuns } from './notifications/activeRuns.ts';
import { keptRuns } from './panels/kept.ts';

const team = 'team' as ConnectionId;

test('the run that the chat waited for in 0.1.0 belongs to this machine', () => {
  const state = memento({ 'mlops.waitedFor': { run: 'iris-12', at: 1000 } });
  const kept = lastRun(state, new FakeClock());
  expect(kept.get()).toEqual({ run: runRef('iris-12'), at: 1000 });
  kept.set(runRef('iris-3', team));
  expect(kept.get()).toMatchObject({ run: runRef('iris-3', team) });
});

test('the active runs that 0.1.0 stored belong to this machine', () => {
  const active = new ActiveRuns(memento({ 'mlops.activeRuns': ['iris-1', 'iris-2'] }));
  expect(active.of(thisMachine).get()).toEqual(['iris-1', 'iris-2']);
  expect(active.of(team).get()).toEqual([]);
  active.of(team).set(['iris-1' as RunId]);
  active.of(thisMachine).set([]);
  expect(active.of(team).get()).toEqual(['iris-1']);
  expect(active.of(thisMachine).get()).toEqual([]);
});

test('the focus of a conversation from 0.1.0 belongs to this machine', () => {
  const metadata = { focus: { run: 'iris-12', pipeline: 'iris' }, followUps: [], at: 1000 };
  const turn = Object.assign(Object.create(vscode.ChatResponseTurn.prototype), { result: { metadata } });
  expect(lastFocus([turn]).focus).toEqual({ connection: thisMachine, run: 'iris-12', pipeline: 'iris' });
  expect(lastFocus([]).focus).toEqual({});
  expect(lastAgent([turn])).toBeUndefined();
  expect(agentNamed(agents, lastAgent([turn]))).toBe(agents[0]);
});

test('an open panel from 0.1.0 belongs to this machine', () => {
  expect(keptRuns({ runs: ['iris-1', 'iris-2'] })).toEqual({
    connection: thisMachine,
    runs: ['iris-1', 'iris-2'],
  });
  expect(keptRuns({ connection: 'team', runs: ['iris-1'] })).toEqual({ connection: team, runs: ['iris-1'] });
  for (const other of [undefined, {}, { runs: [] }, { runs: 'iris-1' }, { connection: 1, runs: ['iris-1'] }])
    expect(keptRuns(other)).toBeUndefined();
});
