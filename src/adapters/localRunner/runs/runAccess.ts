import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { numberInId } from '../../../core/domain/localHome.ts';
import { type Run, type RunId, type RunSummary, isActive, preparationLog } from '../../../core/domain/run.ts';
import { asName } from '../../../core/text/literal.ts';
import { MlopsError, errorCode, throwIfAborted } from '../../../core/ports/mlopsError.ts';
import type { ByteRange } from '../../../core/ports/objectStore.ts';
import { homeError } from '../homeErrors.ts';
import { ifThere } from '../../node/files.ts';
import type { Home } from '../home.ts';
import { removeRunFolder } from './createRun.ts';
import { wake } from './liveness.ts';
import type { RunReader } from './readRun.ts';
import { removeLeftovers } from './removeLeftovers.ts';
import type { RunRecord } from './runRecord.ts';
import { preparationLogOf } from './toRun.ts';

/** One run in full. Throws notFound. */
export async function getRun(reader: RunReader, id: RunId): Promise<Run> {
  const run = await reader.run(numberOf(id));
  if (run?.id !== id) throw missing(id);
  return run;
}

/** The folder of a run. Throws notFound. */
export async function runFolder(home: Home, reader: RunReader, id: RunId): Promise<string> {
  await existing(reader, id);
  return home.run(numberOf(id));
}

/** Creates the file that asks the runner to stop. */
export async function stopRun(
  home: Home,
  reader: RunReader,
  id: RunId,
): Promise<'requested' | 'alreadyEnded'> {
  const summary = await existing(reader, id);
  if (!isActive(summary.state)) return 'alreadyEnded';
  try {
    const folder = home.run(numberOf(id));
    await writeFile(path.join(folder, 'stop'), '', { mode: home.fileMode });
    await wake(folder);
  } catch (error) {
    throw homeError(error, `Run ${id} could not be stopped`, home.root);
  }
  return 'requested';
}

/** Removes a run that ended. Throws conflict while it is active. */
export async function deleteRun(home: Home, reader: RunReader, id: RunId): Promise<void> {
  const summary = await existing(reader, id);
  if (isActive(summary.state)) {
    throw new MlopsError('conflict', `Run ${id} is still ${summary.state}.`, {
      hint: 'Stop it first, then delete it.',
    });
  }
  try {
    const record = await reader.record(numberOf(id));
    await removeRunFolder(home, numberOf(id));
    await removeLeftovers(home, record, Date.now());
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw missing(id); // another window deleted it first
    throw homeError(error, `Run ${id} could not be deleted`, home.root);
  }
}

/** A part of a task's log as it is now. */
export async function readLog(
  home: Home,
  reader: RunReader,
  where: { readonly id: RunId; readonly task: string },
  range: ByteRange & { readonly attempt?: number },
  signal: AbortSignal,
): Promise<{ readonly size: number; readonly bytes: AsyncIterable<Uint8Array> }> {
  const file = await logFile(home, reader, where.id, where.task, range.attempt);
  const stats = file === undefined ? undefined : await ifThere(stat(file));
  const start = range.offset ?? 0;
  const size = stats?.size ?? 0;
  if (file === undefined || start >= size || range.limit < 1) return { size, bytes: nothing() };
  return { size, bytes: readPart(file, start, start + range.limit - 1, signal) };
}

async function* readPart(
  file: string,
  start: number,
  end: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  throwIfAborted(signal);
  for await (const piece of createReadStream(file, { start, end })) {
    throwIfAborted(signal);
    yield piece as Uint8Array;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An empty log has no pieces.
}

async function logFile(
  home: Home,
  reader: RunReader,
  id: RunId,
  task: string,
  attempt: number | undefined,
): Promise<string | undefined> {
  const record = await reader.record(numberOf(id));
  if (record?.id !== id) {
    await existing(reader, id);
    return undefined; // the record is damaged, so where its logs are is unknown
  }
  const row = record.tasks.find((candidate) => candidate.path === task);
  if (!row && task === preparationLog) return within(home.run(numberOf(id)), preparationLogOf(record));
  if (!row) throw missingTask(record, task);
  const log =
    attempt === undefined ? row.log : row.attempts?.find((candidate) => candidate.number === attempt)?.log;
  if (attempt !== undefined && attempt > 0 && log === undefined) {
    throw new MlopsError('notFound', `Task ${task} of run ${id} had no attempt ${attempt}.`);
  }
  return within(home.run(numberOf(id)), log);
}

/** A file of a run's folder; undefined for none, and for a path out of the folder. */
export function within(folder: string, log: string | null | undefined): string | undefined {
  if (typeof log !== 'string') return undefined;
  const file = path.resolve(folder, log);
  return file.startsWith(folder + path.sep) ? file : undefined;
}

/** A run as a list shows it. Throws notFound. */
export async function existing(reader: RunReader, id: RunId): Promise<RunSummary> {
  const summary = await reader.summary(numberOf(id));
  if (summary?.id !== id) throw missing(id);
  return summary;
}

/** The number in a run's id. Throws notFound for an id without one. */
export function numberOf(id: RunId): number {
  const number = numberInId(id);
  if (number === undefined) throw missing(id);
  return number;
}

/** The error for an unknown task, with the names of those there are. */
export function missingTask({ id, tasks }: RunRecord, task: string): MlopsError {
  const names = tasks.filter((candidate) => candidate.kind === 'task').map((candidate) => candidate.path);
  return new MlopsError('notFound', `Run ${id} has no task ${asName(task)}.`, {
    hint: `Its tasks are ${names.slice(0, 20).map(asName).join(', ')}.`,
  });
}

/** The error for an unknown run. */
export function missing(id: string): MlopsError {
  return new MlopsError('notFound', `There is no run ${asName(id)} on this machine.`);
}
