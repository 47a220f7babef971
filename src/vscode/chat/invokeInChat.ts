import * as vscode from 'vscode';
import type { CallDeps } from '../../core/agents/answerCalls.ts';
import { isJsonObject } from '../../core/domain/json.ts';
import { isCancelled, toMlopsError } from '../../core/ports/mlopsError.ts';
import { plain } from '../../core/text/markdown.ts';
import type { Session } from '../session.ts';
import type { Expected } from '../tools/ledger.ts';

/** Runs calls through the editor, so that the person sees each one in the chat and is asked there. */
export function invokeInChat(
  { consents, ledger }: Session,
  request: vscode.ChatRequest,
  stream: vscode.ChatResponseStream,
  token: vscode.CancellationToken,
): CallDeps['invoke'] {
  return async (tool, call, _signal, origin) => {
    const input = isJsonObject(call.input) ? call.input : {};
    const report = (line: string) => stream.progress(plain(line));
    const expected: Expected = { name: tool.name, input, report, origin };
    const done = ledger.expect(expected);
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
    // A question that was declined is no consent for the next call of that kind.
    if (expected.outcome === undefined) consents.drop(tool.name, input);
    return expected.outcome ?? 'skipped';
  };
}
