import * as vscode from 'vscode';
import * as z from 'zod';
import type { RunId } from '../../../core/domain/run.ts';
import type { LogPlace } from '../../../core/logs/attemptLogs.ts';
import { addressOf } from '../../documents/address.ts';
import type { Services } from '../../services.ts';
import { deadline } from '../../deadline.ts';
import { scheme } from '../../uris.ts';
import { targetOf } from './arguments.ts';
import { pickRun, pickTask } from './pick.ts';

/** One task's log, and a place in it if one is meant: a line of the whole log, from 1, and where that begins in bytes. */
export interface LogTarget {
  readonly run: RunId;
  readonly task: string;
  readonly place?: (LogPlace & { readonly line: number }) | undefined;
}

const place = z.object({
  line: z.int().positive(),
  attempt: z.int().nonnegative(),
  offset: z.int().nonnegative(),
});

/** The place that a link means. */
export function linkedPlace([first]: readonly unknown[]): LogTarget['place'] {
  return z.object({ place }).safeParse(first).data?.place;
}

/** The log that the document of this address, or else the one in front, is about. */
export function shownLog([first]: readonly unknown[]): LogTarget | undefined {
  const uri = first instanceof vscode.Uri ? first : vscode.window.activeTextEditor?.document.uri;
  const address = uri?.scheme === scheme ? addressOf(uri.path, uri.query) : undefined;
  return address !== undefined && 'task' in address ? address : undefined;
}

/** What to ask where a command is not told which log; `running`: what goes on stands first. */
export interface LogQuestion {
  readonly run: string;
  readonly task: (run: RunId) => string;
  readonly running: boolean;
}

/** The log that a command is told, or that the person picks; undefined when they leave. */
export async function askForLog(
  services: Services,
  args: readonly unknown[],
  question: LogQuestion,
): Promise<LogTarget | undefined> {
  const target = targetOf(args);
  const first = question.running ? 'running' : 'failed';
  const run = target.run ?? (await pickRun(services, question.run, { activeFirst: question.running }))?.id;
  if (run === undefined) return undefined;
  if (target.task !== undefined) return { run, task: target.task, place: linkedPlace(args) };
  const backend = await services.backend();
  const task = await pickTask(await backend.getRun(run, deadline()), question.task(run), first);
  return task === undefined ? undefined : { run, task };
}
