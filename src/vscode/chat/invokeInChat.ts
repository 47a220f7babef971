import * as vscode from 'vscode';
import type { CallDeps } from '../../core/agents/answerCalls.ts';
import { isJsonObject } from '../../core/domain/json.ts';
import { isCancelled, toMlopsError } from '../../core/ports/mlopsError.ts';
import { plain } from '../../core/text/markdown.ts';
import { expect, type Expected } from '../tools/ledger.ts';

/** Runs calls through the editor, so that the person sees each one in the chat and is asked there. */
export function invokeInChat(
  request: vscode.ChatRequest,
  stream: vscode.ChatResponseStream,
  token: vscode.CancellationToken,
): CallDeps['invoke'] {
  return async (tool, call) => {
    const input = isJsonObject(call.input) ? call.input : {};
    const expected: Expected = { name: tool.name, input, report: (line) => stream.progress(plain(line)) };
    const done = expect(expected);
    try {
      await vscode.lm.invokeTool(
        tool.name,
        { input, toolInvocationToken: request.toolInvocationToken },
        token,
      );
    } catch (error) {
      if (expected.error === undefined && !isCancelled(error)) throw error;
    } finally {
      done();
    }
    if (expected.error !== undefined) throw toMlopsError(expected.error);
    return expected.outcome ?? 'skipped';
  };
}
