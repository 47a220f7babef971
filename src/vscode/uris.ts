import * as vscode from 'vscode';
import type { RunId } from '../core/domain/run.ts';

/** Scheme of our read-only documents: a run's description, a task's log and source, what a search found in a log. */
export const scheme = 'mlops';

/** The document that describes a run, in Markdown. */
export function runUri(run: RunId): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/runs/${run}.md` });
}

/** The document that follows a task's log. */
export function logUri(run: RunId, task: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/runs/${run}/${encodeURIComponent(task)}.log` });
}

/** The document with a task's source as its last attempt ran it. */
export function sourceUri(run: RunId, task: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/runs/${run}/${encodeURIComponent(task)}.py` });
}

/** The document with a task's log from its beginning. */
export function wholeLogUri(run: RunId, task: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/runs/${run}/whole/${encodeURIComponent(task)}.log` });
}

/** The document with the lines of a task's log that hold a text. Its path is its title. */
export function searchUri(run: RunId, task: string, text: string): vscode.Uri {
  const title = `${task} “${text.slice(0, longestTitle)}”`.replaceAll('/', '∕');
  const query = new URLSearchParams({ task, text }).toString();
  return vscode.Uri.from({ scheme, path: `/runs/${run}/search/${title}`, query });
}

const longestTitle = 40;

/** An object of the store that has no file on this machine. */
export function objectUri(bucket: string, key: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/objects/${bucket}/${key}` });
}
