import type { RunId } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ByteRange } from '../../core/ports/objectStore.ts';
import type { RunPods } from '../../core/ports/runPods.ts';
import { asName } from '../../core/text/literal.ts';
import { podName } from './podName.ts';
import type { StepLogs } from './stepLogs.ts';
import type { ToldTask } from './tasks.ts';

export interface TaskLog {
  readonly size: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Where logs come from. */
export interface LogReader {
  readonly logs: StepLogs;
  /** The pods of the runs, where they can be looked at. */
  readonly pods: RunPods | undefined;
  /** The name of the run's workflow, where one is reported. */
  readonly workflow: string | undefined;
}

/** A part of the log of one of a task's attempts: from its pod while there is one, else from the server. Both send it whole. */
export async function readTaskLog(
  { logs, pods, workflow }: LogReader,
  { id, task, told }: { readonly id: RunId; readonly task: string; readonly told: readonly ToldTask[] },
  { offset = 0, limit, attempt }: ByteRange & { readonly attempt?: number },
  signal: AbortSignal,
): Promise<TaskLog> {
  const found = told.find(({ run }) => run.path === task);
  if (found === undefined) throw new MlopsError('notFound', `This run has no task ${asName(task)}.`);
  const node = attempt === undefined ? found.attempts.at(-1) : found.attempts[attempt - 1];
  if (node === undefined) {
    if (attempt === undefined) return { size: 0, bytes: piecesOf(new Uint8Array()) };
    throw new MlopsError('notFound', `The task ${asName(task)} had no attempt ${attempt}.`);
  }
  const own = workflow === undefined ? undefined : await pods?.readLog(podName(workflow, node), signal);
  const text = own ?? (await logs.read({ run: id, node, task }, signal));
  const bytes = Buffer.from(text);
  return { size: bytes.length, bytes: piecesOf(bytes.subarray(offset, offset + limit)) };
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
