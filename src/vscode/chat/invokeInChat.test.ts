import { afterEach, expect, it } from 'vitest';
import * as vscode from 'vscode';
import { findTool } from '../../core/tools/table.ts';
import { createSession } from '../session.ts';
import { invokeInChat } from './invokeInChat.ts';

const { invokeTool } = vscode.lm;
afterEach(() => void Object.assign(vscode.lm, { invokeTool }));

it('a call is announced with what the turn knows of where it comes from', async () => {
  const session = createSession({ subscriptions: [] });
  const seen: unknown[] = [];
  Object.assign(vscode.lm, {
    invokeTool: async (name: string, { input }: { input: object }) => {
      seen.push(session.ledger.take(name, input as never)?.origin);
    },
  });
  const invoke = invokeInChat(
    session,
    { toolInvocationToken: undefined } as unknown as vscode.ChatRequest,
    { progress: () => undefined } as unknown as vscode.ChatResponseStream,
    new vscode.CancellationTokenSource().token,
  );
  const tool = findTool('mlops_list_runs');
  if (tool === undefined) throw new Error('There is no such tool.');
  const origin = { hasRead: true, named: false, runsBefore: 2 };
  const call = { id: '1', name: tool.name, input: {} };
  await invoke(tool, call, new AbortController().signal, origin);
  expect(seen).toEqual([origin]);
  expect(session.ledger.find(tool.name, {})).toBeUndefined();
});
