import * as vscode from 'vscode';
import * as z from 'zod';
import type { ConnectionId } from '../../../core/domain/connection.ts';
import type { ExperimentId } from '../../../core/domain/experiment.ts';
import type { PipelineId } from '../../../core/domain/pipeline.ts';
import type { RunId } from '../../../core/domain/run.ts';
import type { ScheduleId } from '../../../core/domain/schedule.ts';
import type { Target } from '../../target.ts';
import { objectOfUri } from '../../uris.ts';

const text = z.string().min(1).max(2000);
const connection = text.transform((id) => id as ConnectionId).optional();
const target = z.object({
  connection,
  pipeline: text.transform((id) => id as PipelineId).optional(),
  run: text.transform((id) => id as RunId).optional(),
  task: text.optional(),
  schedule: text.transform((id) => id as ScheduleId).optional(),
  experiment: text.transform((id) => id as ExperimentId).optional(),
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
  if (first instanceof vscode.Uri) return ofUri(first);
  if (typeof first === 'string') return target.safeParse({ [textIs]: first }).data ?? {};
  return node.safeParse(first).data?.target ?? target.safeParse(first).data ?? {};
}

function ofUri(uri: vscode.Uri): Target {
  const object = objectOfUri(uri);
  if (object !== undefined) return { connection: object.connection, bucket: object.bucket, key: object.key };
  return uri.scheme === 'file' ? { file: uri.fsPath } : {};
}

/** A bucket, prefix or object of a connection; the key of a bucket is "". */
export interface ObjectTarget {
  readonly connection: ConnectionId | undefined;
  readonly bucket: string;
  readonly key: string;
}

/** The selected rows of objects, prefixes and buckets, else that of the menu; only those of the first one's connection. */
export function objectTargetsOf(args: readonly unknown[]): readonly ObjectTarget[] {
  const [first, selected] = args;
  const rows = z.array(z.unknown()).safeParse(selected).data ?? [];
  const clicked = targetOf([first]);
  const all = rows.map((row) => targetOf([row]));
  // A menu of a row outside the selection is for that row alone.
  const meant = all.some((one) => sameObject(one, clicked)) ? all : [clicked];
  const objects = meant.flatMap(({ connection: at, bucket, key = '' }) =>
    bucket === undefined ? [] : [{ connection: at, bucket, key }],
  );
  return objects.filter((one) => one.connection === objects[0]?.connection);
}

const sameObject = (a: Target, b: Target) =>
  a.connection === b.connection && a.bucket === b.bucket && a.key === b.key;

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
