import * as vscode from 'vscode';
import * as z from 'zod';
import type { ConnectionId } from '../../../core/domain/connection.ts';
import type { PipelineId } from '../../../core/domain/pipeline.ts';
import type { RunId } from '../../../core/domain/run.ts';
import type { ScheduleId } from '../../../core/domain/schedule.ts';
import type { Target } from '../../target.ts';

const text = z.string().min(1).max(2000);
const connection = text.transform((id) => id as ConnectionId).optional();
const target = z.object({
  connection,
  pipeline: text.transform((id) => id as PipelineId).optional(),
  run: text.transform((id) => id as RunId).optional(),
  task: text.optional(),
  schedule: text.transform((id) => id as ScheduleId).optional(),
  bucket: text.optional(),
  key: z.string().max(2000).optional(),
  more: z.string().max(2000).optional(),
  file: text.optional(),
  function: text.optional(),
  here: z.boolean().optional(),
});
const node = z.object({ target });
const several = z.object({ connection, runs: z.array(text.transform((id) => id as RunId)).max(1000) });

/**
 * The target of a command from any caller: a row of a tree (`{target}`), a link or a button (the target
 * itself), a file (the menus of editors and of the explorer), or text, which is taken as the field `textIs`. Unusable arguments
 * give an empty target, and the command asks.
 */
export function targetOf(args: readonly unknown[], textIs: 'run' | 'pipeline' = 'run'): Target {
  const [first] = args;
  if (first instanceof vscode.Uri) return first.scheme === 'file' ? { file: first.fsPath } : {};
  if (typeof first === 'string') return target.safeParse({ [textIs]: first }).data ?? {};
  return node.safeParse(first).data?.target ?? target.safeParse(first).data ?? {};
}

/** Several runs as the target of a command. */
export interface SeveralRuns {
  readonly connection: ConnectionId | undefined;
  readonly runs: readonly RunId[];
}

/** The runs of `{runs}`, or of the selected rows; only those of the first one's connection. */
export function runsOf(args: readonly unknown[]): SeveralRuns {
  const [first, selected] = args;
  const named = several.safeParse(first).data;
  if (named !== undefined) return { connection: named.connection, runs: named.runs };
  const rows = z.array(z.unknown()).safeParse(selected).data ?? [];
  const targets = rows.flatMap((row) => node.safeParse(row).data?.target ?? []);
  const there = targets.find(({ run }) => run !== undefined)?.connection;
  return {
    connection: there,
    runs: targets.flatMap((one) => (one.connection === there ? (one.run ?? []) : [])),
  };
}
