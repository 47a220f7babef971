import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Artifact, Metric } from '../../../core/domain/artifact.ts';
import type { Remark, PipelineId, PipelineSource } from '../../../core/domain/pipeline.ts';
import {
  preparationFailed,
  type Run,
  type RunError,
  type RunId,
  type RunState,
  type RunSummary,
  type TaskError,
  type TaskRun,
} from '../../../core/domain/run.ts';
import type { PipelineRef, RunRecord, TaskRecord } from './runRecord.ts';

/** `value` without null and undefined, which the domain leaves out. */
function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], null | undefined> } {
  const entries = Object.entries(value).filter(([, entry]) => entry !== null && entry !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], null | undefined> };
}

/** A summary with what the record alone holds. */
export type RecordedSummary = Omit<RunSummary, 'connection' | 'label'>;

/** A run as the list shows it. `state` is the file's, or `interrupted` when its runner is gone. */
export function toSummary(record: RunRecord, state: RunState): RecordedSummary {
  const building = record.environments?.find((environment) => environment.state === 'building');
  const error = state === 'interrupted' ? interruptedError : toRunError(record);
  return {
    id: record.id as RunId,
    number: record.number,
    name: record.name,
    pipeline: toPipelineRef(record.pipeline),
    state,
    createdAt: record.createdAt,
    parameters: record.arguments,
    metrics: record.tasks.flatMap(toMetrics),
    counts: toCounts(record.tasks),
    ...present({ startedAt: record.startedAt, endedAt: record.endedAt, error }),
    ...(state === 'preparing'
      ? { preparationStatus: building?.line ?? 'Making the Python environment ready' }
      : {}),
  };
}

/** What is at a path; undefined when nothing is. */
export type KindOf = (file: string) => Promise<'file' | 'folder' | undefined>;

/** A run in full. `kindOf` tells which artifacts exist as files or folders. */
export async function toRun(
  record: RunRecord,
  state: RunState,
  objects: string,
  kindOf: KindOf,
): Promise<Omit<Run, 'connection' | 'label'>> {
  const tasks = await Promise.all(record.tasks.map((task) => toTask(task, state, objects, kindOf)));
  return {
    ...toSummary(record, state),
    tasks,
    outputs: record.outputs ?? {},
    notes: (record.notes ?? []).map((note): Remark => ({
      what: note.what,
      message: note.message,
      ...present({ task: note.task, hint: note.hint }),
    })),
    cache: record.cache ?? true,
    hasPreparationLog: preparationLogOf(record) !== undefined,
  };
}

/** The installer's log of the environment that was built last, relative to the run's folder. */
export function preparationLogOf({ environments }: RunRecord): string | undefined {
  return environments?.findLast((environment) => typeof environment.log === 'string')?.log ?? undefined;
}

export function toPipelineRef(pipeline: PipelineRef): RunSummary['pipeline'] {
  const { source } = pipeline;
  const known: { source?: PipelineSource } = source
    ? {
        source: {
          kind: source.kind,
          ...present({
            file: source.file,
            label: source.label,
            line: source.line,
            function: source.function,
          }),
        },
      }
    : {};
  return { id: pipeline.id as PipelineId, name: pipeline.name, ...known };
}

export const interruptedError: RunError = {
  kind: 'interrupted',
  type: 'Interrupted',
  message: 'Its runner is gone: it was killed, or the machine was restarted.',
  hint: 'Run it again; tasks that succeeded are taken from the cache.',
};

function toRunError(record: RunRecord): RunError | undefined {
  const { error } = record;
  if (!error) return undefined;
  const message = error.message ?? '';
  return {
    kind: error.kind === 'environment' ? preparationFailed : error.kind,
    type: error.type ?? error.kind,
    message,
    ...present({ task: error.task, hint: error.hint }),
  };
}

function toCounts(tasks: readonly TaskRecord[]): RunSummary['counts'] {
  const leaves = tasks.filter((task) => task.kind === 'task' || task.kind === 'importer');
  const count = (state: string) => leaves.filter((task) => task.state === state).length;
  return {
    total: leaves.length,
    running: count('running'),
    succeeded: count('succeeded'),
    failed: count('failed'),
    cached: leaves.filter((task) => task.cachedFrom).length,
  };
}

function toMetrics(task: TaskRecord): readonly Metric[] {
  return Object.entries(task.metrics ?? {}).flatMap(([artifact, metrics]) =>
    Object.entries(metrics).flatMap(([name, value]) =>
      typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
        ? [{ name, value, task: task.path, artifact }]
        : [],
    ),
  );
}

async function toTask(task: TaskRecord, run: RunState, objects: string, kindOf: KindOf): Promise<TaskRun> {
  const halted = run === 'interrupted' && task.state === 'running';
  const error = task.error ? toTaskError(task.error) : undefined;
  return {
    path: task.path,
    name: task.name,
    displayName: task.displayName ?? task.name,
    kind: task.kind,
    state: halted ? 'stopped' : task.state,
    attempts: task.attempts?.length ?? 0,
    retries: task.retries ?? 0,
    hasLog: typeof task.log === 'string',
    inputs: task.inputs ?? {},
    outputs: task.outputs ?? {},
    artifacts: await Promise.all(
      (task.artifacts ?? []).map((artifact) => toArtifact(artifact, objects, kindOf)),
    ),
    metrics: toMetrics(task),
    ...present({ skipReason: task.because, startedAt: task.startedAt, endedAt: task.endedAt, error }),
    ...(task.cachedFrom ? { cachedFrom: { id: task.cachedFrom as RunId, label: task.cachedFrom } } : {}),
  };
}

function toTaskError(error: NonNullable<TaskRecord['error']>): TaskError {
  const { line, text, offset, hint } = error;
  return {
    kind: error.kind,
    type: error.type ?? error.kind,
    message: error.message ?? '',
    ...present({ line, text, offset, hint, function: error.function }),
  };
}

async function toArtifact(
  record: NonNullable<TaskRecord['artifacts']>[number],
  objects: string,
  kindOf: KindOf,
): Promise<Artifact> {
  const { name, uri } = record;
  const artifact = { name, type: record.type.replace(/^system\./, ''), uri, metadata: record.metadata ?? {} };
  const file = localPath(uri);
  const parts = file === undefined ? [] : path.relative(objects, file).split(path.sep);
  const [bucket = '..', ...key] = parts;
  if (file === undefined || bucket === '..' || path.isAbsolute(bucket) || key.length === 0) return artifact;
  const kind = await kindOf(file);
  // Metrics, for example, have an address and no file: they are in the metadata.
  if (kind === undefined) return artifact;
  return { ...artifact, object: { bucket, key: key.join('/') + (kind === 'folder' ? '/' : '') } };
}

function localPath(uri: string): string | undefined {
  if (path.isAbsolute(uri)) return path.normalize(uri);
  if (!uri.startsWith('file://')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
