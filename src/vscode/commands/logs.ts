import * as vscode from 'vscode';
import * as z from 'zod';
import { search } from '../documents/logSearches.ts';
import type { Services } from '../services.ts';
import { searchUri } from '../uris.ts';
import { askLine } from '../window/askLine.ts';
import { askForLog, shownLog } from './shared/logTarget.ts';
import { progress } from './shared/progress.ts';
import type { Handler } from './table.ts';

const longestText = 200;
const asked = z.object({ text: z.string().min(1).max(longestText) });

/** Asks for a text and opens the lines of the whole log that hold it, with their numbers. */
export function searchLog(services: Services): Handler {
  return async (...args) => {
    const log = shownLog(args) ?? (await askForLog(services, args, question));
    if (log === undefined) return;
    const { run, task } = log;
    const text = asked.safeParse(args[0]).data?.text ?? (await askForText(task));
    if (text === undefined) return;
    const uri = searchUri(run, task, text);
    await progress(`Searching the log of ${task} for "${text}"`, (signal) =>
      search(uri, { kind: 'search', run, task, text }, services, signal),
    );
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  };
}

const question = {
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
