import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

export const extension = vscode.extensions.getExtension('mlops-chat.mlops-chat');
export const dist = path.dirname(path.join(extension.extensionPath, extension.packageJSON.main));

/** The text that a tool answers with. In test runs the editor answers its own confirmation with yes. */
export async function invoke(name, input = {}) {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map((part) => part.value).join('');
}

/** One turn in the chat. Gives the participant's result, or the confirmation that it waits for. */
export async function say(query) {
  return vscode.commands.executeCommand('workbench.action.chat.open', { query, blockOnResponse: true });
}

/** The text of the last answer, once this is in it. */
export async function answerWith(pattern, deadline = Date.now() + 20_000) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-chat-'));
  const file = path.join(folder, 'chat.json');
  try {
    for (;;) {
      await vscode.commands.executeCommand('workbench.action.chat.export', vscode.Uri.file(file));
      const last = JSON.parse(fs.readFileSync(file, 'utf8')).requests.at(-1);
      const answer = last.response.map((part) => part.value ?? part.content?.value ?? '').join('');
      if (pattern.test(answer)) return answer;
      if (Date.now() > deadline)
        throw new Error(`The answer has no ${pattern}: ${JSON.stringify(last.response)}`);
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
