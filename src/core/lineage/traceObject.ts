import type { Run, TaskRun } from '../domain/run.ts';
import { isCancelled } from '../ports/mlopsError.ts';
import type { ObjectName } from '../ports/objectWrites.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import type { FoundArtifacts, LineageIndex, RunsSource } from './lineageIndex.ts';
import { isCalled, isOf, type RecordedArtifact } from './runObjects.ts';

/** Which object is meant: by its place, or by a name that the records may have. */
export type TracedObject = ObjectName | { readonly name: string };

/** Where an object comes from. */
export interface ObjectOrigin {
  readonly artifact: RecordedArtifact;
  /** The run whose task wrote it; left out where its record is gone, or it is not known whose the cached result was. */
  readonly maker?: { readonly run: Run; readonly task: TaskRun | undefined };
  /** The run whose record names it, where its task took it from the cache. */
  readonly taken?: Run;
}

/** What the records say of an object; `origin` is left out where no run has it. */
export interface Trace extends Pick<FoundArtifacts, 'looked' | 'all'> {
  readonly origin?: ObjectOrigin;
}

/**
 * The run and the task that wrote an object, by the records of runs alone: never by what its key looks like. A result of the cache leads
 * to the run that made it.
 */
export async function traceObject(
  index: LineageIndex,
  source: RunsSource,
  wanted: TracedObject,
  signal: AbortSignal,
): Promise<Trace> {
  const isName = 'name' in wanted;
  const isMeant = (artifact: RecordedArtifact) =>
    isName ? isCalled(artifact, wanted.name) : isOf(artifact, wanted);
  const hint = isName ? wanted.name : wanted.key;
  const { found, looked, all } = await index.find(source, { isMeant, hint }, signal);
  const artifact = nearest(found, hint);
  if (artifact === undefined) return { looked, all };
  return { looked, all, origin: await originOf(source.backend, artifact, signal) };
}

/** The artifact of a task that worked, before one that was taken; of a folder in a folder the inner one. */
function nearest(found: readonly RecordedArtifact[], key: string): RecordedArtifact | undefined {
  const exact = found.filter(({ object }) => object.key === key);
  const among = exact.length > 0 ? exact : found;
  return among.find(({ worked }) => worked) ?? among[0];
}

async function originOf(
  backend: PipelineBackend,
  artifact: RecordedArtifact,
  signal: AbortSignal,
): Promise<ObjectOrigin> {
  const run = await backend.getRun(artifact.run, signal);
  if (artifact.worked) return { artifact, maker: { run, task: taskAt(run, artifact.task) } };
  const { cachedFrom } = artifact;
  const made = cachedFrom && (await readable(backend, cachedFrom.id, signal));
  return {
    artifact,
    taken: run,
    ...(made === undefined ? {} : { maker: { run: made, task: taskAt(made, artifact.task) } }),
  };
}

const taskAt = ({ tasks }: Run, path: string) => tasks.find((task) => task.path === path);

async function readable(
  backend: PipelineBackend,
  id: Run['id'],
  signal: AbortSignal,
): Promise<Run | undefined> {
  try {
    return await backend.getRun(id, signal);
  } catch (error) {
    if (isCancelled(error)) throw error;
    return undefined;
  }
}
