import { afterEach, expect, it } from 'vitest';
import * as vscode from 'vscode';
import { findTool } from '../../core/tools/table.ts';
import { createSession } from '../session.ts';
import { invokeInChat } from './invokeInChat.ts';

const { invokeTool } = vscode.lm;
afterEach(() => void Object.assign(vscode.lm, { invokeTool }));

it.each([
  ['only after a first call where the model had nothing to read', false, [false, true]],
  ['from the first call on where the sentence came with attachments', true, [true, true]],
])('a call counts as made by a model that has read results %s', async (_when, attached, expected) => {
  const session = createSession({ subscriptions: [] });
  const seen: unknown[] = [];
  Object.assign(vscode.lm, {
    invokeTool: async (name: string, { input }: { input: object }) => {
      seen.push(session.ledger.take(name, input as never)?.hasRead);
    },
  });
  const invoke = invokeInChat(
    session,
    { toolInvocationToken: undefined } as unknown as vscode.ChatRequest,
    { progress: () => undefined } as unknown as vscode.ChatResponseStream,
    new vscode.CancellationTokenSource().token,
    attached,
  );
  const tool = findTool('mlops_list_runs');
  if (tool === undefined) throw new Error('There is no such tool.');
  for (const id of ['1', '2'])
    await invoke(tool, { id, name: tool.name, input: {} }, new AbortController().signal);
  expect(seen).toEqual(expected);
});
