import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as vscode from 'vscode';
import { FakeConnections } from '../../../test/fakes/fakeConnections.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { memento } from '../../../test/vscode/memento.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import { approvalName } from '../../core/tools/consent.ts';
import { tools } from '../../core/tools/table.ts';
import { extension } from '../extensionUri.ts';
import { lastRun } from '../lastRun.ts';
import { createSession } from '../session.ts';
import { type CallServices, checkCall, prepareCall, runCall } from './invocation.ts';

const signal = new AbortController().signal;
let opened: string[];
let readOnly: boolean;
let services: CallServices;
let backend: FakePipelineBackend;

beforeEach(() => {
  opened = [];
  readOnly = false;
  backend = new FakePipelineBackend();
  services = {
    clock: backend.clock,
    log: new SilentLog(),
    session: createSession({ subscriptions: [] }),
    waitedFor: lastRun(memento(), backend.clock),
    connections: new FakeConnections({
      get info() {
        return { ...backend.connection, readOnly };
      },
      backend: async () => {
        opened.push('runs');
        return backend;
      },
      store: async () => {
        opened.push('objects');
        return new MemoryObjectStore().put('artifacts', 'a.csv', 'x');
      },
    }),
  };
});

const call = (name: string, input: JsonObject) =>
  runCall(services, { name, input, inChat: true }, new vscode.CancellationTokenSource().token);

describe('opening connections for a tool call', () => {
  it.each([
    ['mlops_list_objects', {}, ['objects']],
    ['mlops_list_runs', {}, ['runs']],
    ['mlops_list_runs', { sate: 'failed' }, []],
    ['mlops_list_runs', { connection: 'nowhere' }, []],
  ] as const)('%s %j opens %j', async (name, input, expected) => {
    await call(name, input);
    expect([...new Set(opened)]).toEqual(expected);
  });

  it.each(tools.filter(({ effect }) => effect === 'read'))(
    '$name opens nothing while the call is checked',
    async (tool) => {
      for (const { means } of tool.examples) await checkCall(services, tool, means, signal);
      expect(opened).toEqual([]);
    },
  );

  it.each(tools.filter(({ effect }) => effect !== 'read'))(
    '$name opens nothing when the policy or the input’s schema refuses the call',
    async (tool) => {
      await expect(checkCall(services, tool, { no: 'such field' }, signal)).rejects.toThrow('does not fit');
      readOnly = true;
      for (const { means } of tool.examples)
        await expect(checkCall(services, tool, means, signal)).rejects.toThrow('read-only');
      expect(opened).toEqual([]);
    },
  );
});

describe('the question before a run', () => {
  const { getConfiguration } = vscode.workspace;
  afterEach(() => void Object.assign(vscode.workspace, { getConfiguration }));

  it('says which run of the answer it is, and what it is called', async () => {
    const name = 'mlops_run_pipeline';
    const input = { pipeline: 'iris', name: 'deep' };
    const setting = { [approvalName(extension().id, name)]: false };
    Object.assign(vscode.workspace, { getConfiguration: () => ({ get: () => setting }) });
    backend.addPipeline({ name: 'iris' });
    const origin = { hasRead: true, named: true, runsBefore: 2 };
    services.session.ledger.expect({ name, input, origin, report: () => undefined });
    const { token } = new vscode.CancellationTokenSource();
    const { confirmationMessages } = await prepareCall(services, name, input, token);
    const { message } = confirmationMessages ?? {};
    const text = typeof message === 'string' ? message : message?.value;
    expect(text).toMatch(/^This is the third run of this answer\./);
    expect(text).toContain('The run is called `deep`.');
  });
});
