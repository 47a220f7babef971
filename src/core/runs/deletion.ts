import type { Artifact } from '../domain/artifact.ts';
import { isActive, type Run, type RunId } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { someNames } from '../text/someNames.ts';
import { madeObjects } from './madeObjects.ts';
import { asName } from '../text/literal.ts';

/** Most tasks of a run whose logs are measured for the question. */
const mostSized = 50;
/** How many of the pipeline's newest runs are searched for tasks that were cached from this one. */
const mostOthers = 20;

type ObjectRef = NonNullable<Artifact['object']>;

/** What is deleted with a run, and what stays. */
export interface Deletion {
  readonly run: Run;
  /** Bytes of its logs, where they are known. */
  readonly bytes: number | undefined;
  /** Its artifacts in storage, which stay. */
  readonly objects: readonly ObjectRef[];
  /** Other runs with tasks that were cached from it. */
  readonly taken: readonly Taken[];
}

/** Tasks of another run that were cached from this one. */
export interface Taken {
  /** What people call the other run. */
  readonly run: string;
  readonly tasks: number;
}

/** What the deletion of these runs would do. Throws MlopsError conflict while one of them is active, notFound. */
export async function deletionsOf(
  backend: PipelineBackend,
  ids: readonly RunId[],
  signal: AbortSignal,
): Promise<readonly Deletion[]> {
  const runs = await Promise.all(ids.map((id) => backend.getRun(id, signal)));
  const active = runs.filter(({ state }) => isActive(state));
  const [first] = active;
  if (first !== undefined) {
    const which = someNames(active.map(({ label }) => asName(label)));
    const message = active.length === 1 ? `${which} is still ${first.state}.` : `${which} have not ended.`;
    throw new MlopsError('conflict', message, { hint: 'Stop it first, then delete it.' });
  }
  return Promise.all(runs.map((run) => deletionOf(backend, run, signal)));
}

async function deletionOf(backend: PipelineBackend, run: Run, signal: AbortSignal): Promise<Deletion> {
  const [bytes, taken] = await Promise.all([
    sizeOfLogs(backend, run, signal),
    takenFrom(backend, run, signal),
  ]);
  return { run, bytes, objects: madeObjects(run), taken };
}

/** Bytes of the last attempts' logs; undefined when there are too many or they cannot be read. */
async function sizeOfLogs(
  backend: PipelineBackend,
  run: Run,
  signal: AbortSignal,
): Promise<number | undefined> {
  const logged = run.tasks.filter((task) => task.hasLog);
  if (logged.length === 0 || logged.length > mostSized) return undefined;
  try {
    const logs = await Promise.all(
      logged.map((task) => backend.readLog(run.id, task.path, { limit: 1 }, signal)),
    );
    return logs.reduce((sum, log) => sum + log.size, 0);
  } catch {
    return undefined;
  }
}

/** How many tasks of other runs were cached from this one; unreadable runs do not count. */
async function takenFrom(backend: PipelineBackend, run: Run, signal: AbortSignal): Promise<readonly Taken[]> {
  const { items } = await backend.listRuns({ pipeline: run.pipeline.id, size: 100 }, signal);
  const cached = items.filter((other) => other.id !== run.id && other.counts.cached > 0).slice(0, mostOthers);
  const others = await Promise.allSettled(cached.map((other) => backend.getRun(other.id, signal)));
  return others
    .flatMap((other) => (other.status === 'fulfilled' ? [other.value] : []))
    .map(({ label, tasks }) => ({
      run: label,
      tasks: tasks.filter((task) => task.cachedFrom?.id === run.id).length,
    }))
    .filter(({ tasks }) => tasks > 0);
}
