import path from 'node:path';
import type { RunId } from '../../../core/domain/run.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { readBounded } from '../../node/files.ts';
import type { Home } from '../home.ts';
import type { RunReader } from './readRun.ts';
import { missing, missingTask, numberOf, within } from './runAccess.ts';
import type { TaskRecord } from './runRecord.ts';

const largestSource = 4_000_000;

/** The Python file that a task's last attempt ran. Throws notFound when there is no such run, task or file. */
export async function readSource(home: Home, reader: RunReader, id: RunId, task: string): Promise<string> {
  const record = await reader.record(numberOf(id));
  if (record?.id !== id) throw missing(id);
  const row = record.tasks.find((one) => one.path === task);
  if (!row) throw missingTask(record, task);
  const log = row.attempts?.at(-1)?.log;
  // Each attempt has a folder of its own, with its log and its source.
  const file = typeof log === 'string' ? within(home.run(numberOf(id)), besideLog(log)) : undefined;
  const text = file === undefined ? undefined : await readBounded(file, largestSource);
  if (text === undefined) throw new MlopsError('notFound', withoutSource(id, row));
  return text;
}

const besideLog = (log: string) => path.join(path.dirname(log), 'component.py');

function withoutSource(id: RunId, { path: task, cachedFrom }: TaskRecord): string {
  if (cachedFrom) return `Task ${task} of ${id} did not run: its results were taken from ${cachedFrom}.`;
  return `Of task ${task} of ${id} no Python source is kept.`;
}
