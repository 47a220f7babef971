import * as vscode from 'vscode';
import type { RunId } from '../core/domain/run.ts';

/** Scheme of our read-only documents: a run's description, a task's log and its source. */
export const scheme = 'mlops';

/** The document that describes a run, in Markdown. */
export function runUri(run: RunId): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/runs/${run}.md` });
}

/** The document with a task's log. */
export function logUri(run: RunId, task: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/runs/${run}/${encodeURIComponent(task)}.log` });
}

/** The document with a task's source as its last attempt ran it. */
export function sourceUri(run: RunId, task: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/runs/${run}/${encodeURIComponent(task)}.py` });
}

/** An object of the store that has no file on this machine. */
export function objectUri(bucket: string, key: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/objects/${bucket}/${key}` });
}
