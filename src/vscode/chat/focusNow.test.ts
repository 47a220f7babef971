import { beforeEach, describe, expect, it } from 'vitest';
import * as vscode from 'vscode';
import { aRun, runRef } from '../../../test/fakes/aRun.ts';
import { connectionTo, FakeConnections } from '../../../test/fakes/fakeConnections.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { thisMachine } from '../../core/domain/connection.ts';
import type { Focus } from '../../core/domain/focus.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { Services } from '../services.ts';
import { focusNow, shownFocus } from './focusNow.ts';

const signal = new AbortController().signal;

describe('the focus of a new turn', () => {
  let backend: FakePipelineBackend;
  let waited: { readonly run: ReturnType<typeof runRef>; readonly at: number } | undefined;
  beforeEach(() => {
    backend = new FakePipelineBackend();
    for (const id of ['iris-1', 'iris-2']) backend.addRun(aRun({ id, parameters: { C: 10 } }));
    waited = undefined;
  });

  const services = () =>
    ({
      connections: new FakeConnections(connectionTo(backend)),
      waitedFor: { get: () => waited },
    }) as unknown as Services;
  const now = (focus: Focus) => {
    const turn = Object.assign(Object.create(vscode.ChatResponseTurn.prototype), {
      result: { metadata: { focus, followUps: [], at: 1000 } },
    });
    return focusNow(services(), { history: [turn] }, signal);
  };
  const left: Focus = { connection: thisMachine, pipeline: 'iris', run: 'iris-1' };

  it('is what the last turn left', async () => {
    expect(await now(left)).toEqual(left);
  });

  it('has no run that was deleted since', async () => {
    const lists = [{ kind: 'run', connection: thisMachine, names: ['iris-1', 'iris-2'] }] as const;
    await backend.deleteRun('iris-1' as RunId, signal);
    expect(await now({ ...left, lists })).toEqual({
      connection: thisMachine,
      pipeline: 'iris',
      lists: [{ kind: 'run', connection: thisMachine, names: [null, 'iris-2'] }],
    });
  });

  it('is on the run that was waited for since', async () => {
    waited = { run: runRef('iris-2'), at: 2000 };
    expect(await now(left)).toEqual({ ...left, run: 'iris-2' });
    waited = { run: runRef('iris-2'), at: 500 };
    expect(await now(left)).toEqual(left);
  });

  it('is shown with the parameters of its run, and without the connection where there is one', async () => {
    const lists = [{ kind: 'run', connection: thisMachine, names: ['iris-1', 'iris-2'] }] as const;
    expect(await shownFocus(services(), { ...left, lists }, signal)).toEqual({
      pipeline: 'iris',
      run: 'iris-1',
      parameters: { values: { C: 10 }, left: 0 },
      lists: [{ kind: 'run', names: ['iris-1', 'iris-2'] }],
    });
  });
});
