import * as vscode from 'vscode';
import type { Target } from '../target.ts';
import type { Services } from '../services.ts';
import type { Handler } from './command.ts';
import { targetOf } from './shared/arguments.ts';

/** Reads the sidebar again. */
export function refresh({ session }: Services): Handler {
  return () => session.treeRequests.fire({ kind: 'refresh' });
}

/** Reads the next page under a row of the sidebar. */
export function showMore({ session }: Services): Handler {
  return (...args) => {
    const { more } = targetOf(args);
    if (more !== undefined) session.treeRequests.fire({ kind: 'more', id: more });
  };
}

/** Copies an id that the chat understands: a run, a task's path, a pipeline, an object's bucket and key. */
export async function copyId(...args: unknown[]): Promise<void> {
  const id = idOf(targetOf(args));
  if (id !== undefined) await vscode.env.clipboard.writeText(id);
}

function idOf({ task, run, pipeline, bucket, key }: Target): string | undefined {
  if (bucket !== undefined) return key === undefined || key === '' ? bucket : `${bucket}/${key}`;
  return task ?? run ?? pipeline;
}
