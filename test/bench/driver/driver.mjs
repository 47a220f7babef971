// Measures from inside the extension host, and writes what came of it into the file that the bench names.
import { renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';

const { MLOPS_BENCH_FILE: file, MLOPS_BENCH_TURNS: turns } = process.env;
/** The editor goes on starting for a while after the extension is active. */
const settleMs = 3000;

export function activate() {
  if (!file) return;
  void measure()
    .catch((error) => ({ error: String(error?.stack ?? error) }))
    .then((result) => {
      writeFileSync(`${file}.part`, JSON.stringify(result));
      renameSync(`${file}.part`, file);
    });
}

async function measure() {
  const extension = vscode.extensions.getExtension('mlops-chat.mlops-chat');
  while (!extension.isActive) await pause(100);
  await pause(settleMs);
  const activation = await activationTimes();
  const chat = [];
  for (let turn = 0; turn < Number(turns ?? 0); turn += 1) chat.push(await timeToModel());
  return { activation, chat };
}

/** What the editor itself took down, from its own "Startup Performance" page: milliseconds in whole numbers. */
async function activationTimes() {
  await vscode.commands.executeCommand('perfview.show');
  for (;;) {
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    const ours = timesOf('mlops-chat.mlops-chat', text);
    const driver = timesOf('mlops-chat-test.bench-driver', text);
    if (ours && driver) return { ours, driver };
    await pause(200);
  }
}

function timesOf(id, text) {
  const row = new RegExp(`^\\| ${id} +\\|([^\\n]*)$`, 'm').exec(text);
  if (!row) return undefined;
  const [, load, call, finish] = row[1].split('|').map((cell) => Number(cell.trim()));
  return { load, call, finish };
}

/** From the participant's first line to the model being asked, in one turn of a conversation of its own. */
async function timeToModel() {
  await vscode.commands.executeCommand('workbench.action.chat.newChat');
  await vscode.lm.selectChatModels({ vendor: 'mlops-basics' });
  await vscode.commands.executeCommand('workbench.action.chat.open', {
    query: '@mlops help',
    blockOnResponse: true,
  });
  const { entered, sent, asked } = globalThis.mlopsBenchMarks;
  return { ours: sent - entered, whole: asked - entered };
}
