import * as vscode from 'vscode';
import * as z from 'zod';
import type { RunRef } from '../../../core/domain/run.ts';
import type { LogPlace } from '../../../core/logs/attemptLogs.ts';
import { addressOf } from '../../documents/address.ts';
import type { Services } from '../../services.ts';
import { deadline } from '../../deadline.ts';
import { scheme } from '../../uris.ts';
import { targetOf } from './arguments.ts';
import { pickRun, pickTask } from './pick.ts';
import { backendOf } from './place.ts';

/** One task's log, and optionally a place in it: a line of the whole log, from 1, and its offset in bytes. */
export interface LogTarget {
  readonly run: RunRef;
  readonly task: string;
  readonly place?: (LogPlace & { readonly line: number }) | undefined;
}

const place = z.object({
  line: z.int().positive(),
  attempt: z.int().nonnegative(),
  offset: z.int().nonnegative(),
});

/** The place that a link names. */
export function linkedPlace([first]: readonly unknown[]): LogTarget['place'] {
  return z.object({ place }).safeParse(first).data?.place;
}

/** The log of the document with this address, or of the one in front. */
export function shownLog([first]: readonly unknown[]): LogTarget | undefined {
  const uri = first instanceof vscode.Uri ? first : vscode.window.activeTextEditor?.document.uri;
  const address = uri?.scheme === scheme ? addressOf(uri) : undefined;
  return address !== undefined && 'task' in address ? address : undefined;
}

/** The question which log to open; with `running`, logs of running tasks come first. */
export interface LogQuestion {
  readonly run: string;
  readonly task: (run: string) => string;
  readonly running: boolean;
}

/** The log that a command is given, or that the person picks; undefined when they leave. */
export async function askForLog(
  services: Services,
  args: readonly unknown[],
  question: LogQuestion,
): Promise<LogTarget | undefined> {
  const target = targetOf(args);
  const first = question.running ? 'running' : 'failed';
  const backend = await backendOf(services, args);
  const { connection } = backend;
  if (target.run !== undefined && target.task !== undefined)
    return {
      run: { connection: connection.id, id: target.run },
      task: target.task,
      place: linkedPlace(args),
    };
  const choice = { activeFirst: question.running };
  const id = target.run ?? (await pickRun(backend, services.clock, question.run, choice))?.id;
  if (id === undefined) return undefined;
  const run = await backend.getRun(id, deadline());
  const task = target.task ?? (await pickTask(run, question.task(run.label), first));
  return task === undefined ? undefined : { run, task };
}
