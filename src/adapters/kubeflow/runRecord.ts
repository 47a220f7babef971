import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { PipelineId, PipelineSource } from '../../core/domain/pipeline.ts';

/** Which pipeline a run was made from, kept in its description, since the server keeps nothing else of a pipeline that is not its own. */
export interface RunRecord {
  readonly id: PipelineId;
  readonly name: string;
  readonly source: PipelineSource;
  /** Tells apart equal paths of two workspaces; the path itself stays on this machine. */
  readonly file?: string;
}

const record = z.object({
  mlopsChat: z.object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['yaml', 'python', 'sample', 'server']),
    label: z.string().optional(),
    function: z.string().optional(),
    file: z.string().optional(),
  }),
});

const introduction = 'Started with MLOps Chat.';

/** The description of a run of this pipeline. */
export function writeRecord({ id, name, source }: Omit<RunRecord, 'file'>): string {
  const { kind, label, file } = source;
  const mlopsChat = {
    id,
    name,
    kind,
    ...(label === undefined ? {} : { label }),
    ...(source.function === undefined ? {} : { function: source.function }),
    ...(file === undefined ? {} : { file: fileMark(file) }),
  };
  return `${introduction}\n${JSON.stringify({ mlopsChat })}`;
}

/** What a description keeps of the pipeline; undefined for a run that was not started from here. */
export function readRecord(description = ''): RunRecord | undefined {
  const line = description.split('\n').find((one) => one.startsWith('{"mlopsChat"'));
  if (line === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const decoded = record.safeParse(value);
  if (!decoded.success) return undefined;
  const { id, name, kind, label, file, ...rest } = decoded.data.mlopsChat;
  const source = {
    kind,
    ...(label === undefined ? {} : { label }),
    ...(rest.function === undefined ? {} : { function: rest.function }),
  };
  return { id: id as PipelineId, name, source, ...(file === undefined ? {} : { file }) };
}

/** A short text that stays the same for a path and does not show it. */
export function fileMark(file: string): string {
  return createHash('sha256').update(file).digest('hex').slice(0, 12);
}
