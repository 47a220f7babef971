// Answers the harness on the loopback from inside the extension host: the conversation as the editor exports it, the
// tokens as a model counts them. Where it listens it writes into the file that the harness named.
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

const { MLOPS_COMPANION_FILE: file, MLOPS_COMPANION_TOKEN: token } = process.env;
const questions = { transcript, countTokens, command };

export function activate(context) {
  if (!file || !token) return;
  const server = http.createServer((request, response) => {
    answer(request)
      .then((value) => response.end(JSON.stringify({ value: value ?? null })))
      .catch((error) =>
        response.writeHead(500).end(JSON.stringify({ error: String(error?.message ?? error) })),
      );
  });
  server.listen(0, '127.0.0.1', () => {
    writeFileSync(`${file}.part`, String(server.address().port));
    renameSync(`${file}.part`, file);
  });
  context.subscriptions.push({ dispose: () => server.close() });
}

async function answer(request) {
  if (request.headers.authorization !== `Bearer ${token}`) throw new Error('not for you');
  let body = '';
  for await (const piece of request) body += piece;
  const { question, ...input } = JSON.parse(body);
  return questions[question](input);
}

/** The conversation in front, as "Chat: Export Chat..." writes it. */
async function transcript() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mlops-chat-'));
  const target = path.join(folder, 'chat.json');
  try {
    await vscode.commands.executeCommand('workbench.action.chat.export', vscode.Uri.file(target));
    return JSON.parse(readFileSync(target, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How many tokens each text is for the model of this name, or nothing where no such model is known. */
async function countTokens({ model: name, texts }) {
  const models = await vscode.lm.selectChatModels();
  const model = models.find((known) => known.name === name) ?? models.find((known) => known.id === name);
  return model && Promise.all(texts.map((text) => model.countTokens(text)));
}

async function command({ id, args = [] }) {
  return vscode.commands.executeCommand(id, ...args);
}
