import { type ConnectionId, thisMachine } from '../../src/core/domain/connection.ts';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import type { Run, RunId, RunRef, TaskRun } from '../../src/core/domain/run.ts';

/** A run of iris that succeeded in 8 seconds, with what a test wants otherwise. */
export function aRun(more: Partial<Omit<Run, 'id'>> & { readonly id?: string } = {}): Run {
  const { id = 'iris-12', ...rest } = more;
  return {
    connection: thisMachine,
    label: id,
    id: id as RunId,
    number: Number(id.split('-').at(-1)),
    name: 'iris',
    pipeline: { id: 'iris.yaml' as PipelineId, name: 'iris' },
    state: 'succeeded',
    createdAt: 1_000_000,
    startedAt: 1_000_000,
    endedAt: 1_008_000,
    parameters: {},
    metrics: [],
    counts: { total: 4, running: 0, succeeded: 4, failed: 0, cached: 0 },
    tasks: [],
    outputs: {},
    notes: [],
    cache: true,
    hasPreparationLog: false,
    ...rest,
  };
}

/** A task that succeeded in 2 seconds, with what a test wants otherwise. */
export function aTask(more: Partial<TaskRun> = {}): TaskRun {
  const path = more.path ?? 'train';
  return {
    path,
    name: path.split('/').at(-1) ?? path,
    displayName: path,
    kind: 'task',
    state: 'succeeded',
    startedAt: 1_000_000,
    endedAt: 1_002_000,
    attempts: 1,
    retries: 0,
    hasLog: true,
    inputs: {},
    outputs: {},
    artifacts: [],
    metrics: [],
    ...more,
  };
}

/** A run by its id, on this machine where no other connection is named. */
export function runRef(id: string, connection: ConnectionId = thisMachine): RunRef {
  return { connection, id: id as RunId };
}
