import * as vscode from 'vscode';
import type { Target } from '../target.ts';
import { targetOf } from './shared/arguments.ts';

/** Copies the id that the chat understands: a run, a task's path, a pipeline, an object's bucket and key. */
export async function copyId(...args: unknown[]): Promise<void> {
  const id = idOf(targetOf(args));
  if (id !== undefined) await vscode.env.clipboard.writeText(id);
}

function idOf({ task, run, pipeline, bucket, key }: Target): string | undefined {
  if (bucket !== undefined) return key === undefined || key === '' ? bucket : `${bucket}/${key}`;
  return task ?? run ?? pipeline;
}
