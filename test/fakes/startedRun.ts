import type { ConnectionId } from '../../src/core/domain/connection.ts';
import type { Pipeline } from '../../src/core/domain/pipeline.ts';
import { partsOfId } from '../../src/core/domain/pipelineVersion.ts';
import type { Run, RunId } from '../../src/core/domain/run.ts';
import type { RunRequest } from '../../src/core/ports/pipelineBackend.ts';
import { countsOf, newTask } from './newTask.ts';

/** A run as a fake backend starts it. */
export function startedRun(
  pipeline: Pipeline,
  request: RunRequest,
  {
    id,
    number,
    connection,
    now,
  }: {
    readonly id: RunId;
    readonly number: number;
    readonly connection: ConnectionId;
    readonly now: number;
  },
): Run {
  const defaults = pipeline.parameters.flatMap((parameter) =>
    parameter.default === undefined ? [] : [[parameter.name, parameter.default] as const],
  );
  return {
    connection,
    id,
    label: id,
    number,
    name: request.name ?? id,
    pipeline: { id: partsOfId(pipeline.id).pipeline, name: pipeline.name, source: pipeline.source },
    state: 'running',
    createdAt: now,
    startedAt: now,
    parameters: { ...Object.fromEntries(defaults), ...request.parameters },
    metrics: [],
    counts: countsOf([]),
    tasks: pipeline.tasks.map((task) => newTask(task.name)),
    outputs: {},
    notes: pipeline.notes,
    cache: request.cache,
    hasPreparationLog: false,
  };
}
