import * as vscode from 'vscode';
import * as z from 'zod';
import type { FollowedLog } from '../documents/followedLog.ts';
import { search } from '../documents/logSearches.ts';
import type { Services } from '../services.ts';
import { logUri, searchUri, wholeLogUri } from '../uris.ts';
import { askLine } from '../window/askLine.ts';
import type { Handler } from './command.ts';
import { askForLog, type LogTarget, shownLog } from './shared/logTarget.ts';
import { progress } from './shared/progress.ts';

/** Opens a task's log at its end, where errors are. */
export function openLog(services: Services): Handler {
  return async (...args) => {
    const log = await askForLog(services, args, {
      run: 'A log of which run?',
      task: (run) => `The log of which task of ${run}?`,
      running: false,
    });
    if (log !== undefined) await showLog(services, log);
  };
}

/** Opens a task's log and follows its end; a link may name a place in it instead. */
export function followLog(services: Services): Handler {
  return async (...args) => {
    const log = await askForLog(services, args, {
      run: 'Follow a log of which run?',
      task: (run) => `Follow the log of which task of ${run}?`,
      running: true,
    });
    if (log !== undefined) await showLog(services, log);
  };
}

/** Opens a task's whole log from its beginning. */
export function wholeLog(services: Services): Handler {
  return async (...args) => {
    const question = {
      run: 'The whole log of which run?',
      task: (run: string) => `The whole log of which task of ${run}?`,
      running: false,
    };
    const log = shownLog(args) ?? (await askForLog(services, args, question));
    if (log !== undefined) await showWholeLog(log);
  };
}

/** Pauses the log in front. */
export function pauseLog(services: Services): Handler {
  return (...args) => logInFront(services, args)?.pause();
}

/** Goes to the end of the log in front and follows it. */
export function resumeLog(services: Services): Handler {
  return (...args) => logInFront(services, args)?.resume();
}

function logInFront(services: Services, args: readonly unknown[]): FollowedLog | undefined {
  const log = shownLog(args);
  return log === undefined ? undefined : followedLog(services, logUri(log.run, log.task));
}

/** The followed log of a document. */
function followedLog({ session }: Services, uri: vscode.Uri): FollowedLog | undefined {
  return session.followedLogs.get(uri.toString());
}

const longestText = 200;
const searched = z.object({ text: z.string().min(1).max(longestText) });

/** Asks for a text and opens the lines of the whole log that contain it, with their numbers. */
export function searchLog(services: Services): Handler {
  return async (...args) => {
    const log = shownLog(args) ?? (await askForLog(services, args, searchedLog));
    if (log === undefined) return;
    const { run, task } = log;
    const text = searched.safeParse(args[0]).data?.text ?? (await askForText(task));
    if (text === undefined) return;
    const uri = searchUri(run, task, text);
    await progress(`Searching the log of ${task} for "${text}"`, (signal) =>
      search(uri, { kind: 'search', run, task, text }, services, signal),
    );
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  };
}

const searchedLog = {
  run: 'Search a log of which run?',
  task: (run: string) => `Search the log of which task of ${run}?`,
  running: false,
};

function askForText(task: string): Thenable<string | undefined> {
  return askLine({
    title: `Search the whole log of ${task}`,
    prompt: 'Lines that hold this text are listed with their numbers; case does not matter.',
    placeholder: 'loss',
    check: (text) => {
      if (text.length > longestText) return `At most ${longestText} characters.`;
      return text === '' ? 'Type what the lines should hold.' : undefined;
    },
  });
}

/** Opens the editor's own search in the visible part of a log. */
export async function findInLog(): Promise<void> {
  await vscode.commands.executeCommand('actions.find');
}

/** Opens a log at its end, where it is followed; or at a place, in the whole log when the followed part lacks it. */
async function showLog(services: Services, { run, task, place }: LogTarget): Promise<void> {
  const uri = logUri(run, task);
  if (place === undefined) return showLine(uri);
  await vscode.workspace.openTextDocument(uri);
  const log = followedLog(services, uri);
  log?.pause();
  const line = log?.lineAt(place);
  if (line === undefined) await showLine(wholeLogUri(run, task), place.line - 1);
  else await showLine(uri, line);
}

/** Opens a log from its beginning, all attempts. */
async function showWholeLog({ run, task }: LogTarget): Promise<void> {
  await showLine(wholeLogUri(run, task), 0);
}

/** Shows a line, from 0; without one the end. */
async function showLine(uri: vscode.Uri, line?: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { preview: line === undefined });
  const shown = document.lineAt(Math.min(line ?? Infinity, document.lineCount - 1)).range;
  const position = line === undefined ? shown.end : shown.start;
  editor.selection = new vscode.Selection(position, line === undefined ? position : shown.end);
  const where =
    line === undefined ? vscode.TextEditorRevealType.Default : vscode.TextEditorRevealType.InCenter;
  editor.revealRange(new vscode.Range(position, position), where);
}
