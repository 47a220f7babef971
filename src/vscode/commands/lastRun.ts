import type { RunId, RunSummary } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { lastRunOfFile } from '../../core/runs/lastRunOfFile.ts';
import { deadline } from '../trees/listing.ts';
import { targetOf } from './arguments.ts';
import { fileOf } from './choosePipeline.ts';

/**
 * The run that a command is about when nobody picks one: the row's, the last one of the row's pipeline, the last one of
 * the file in front, else the newest of all. Throws notFound when there is none.
 */
export async function chooseLastRun(backend: PipelineBackend, args: readonly unknown[]): Promise<RunId> {
  const { run, pipeline } = targetOf(args);
  if (run !== undefined) return run;
  const of = pipeline === undefined ? { size: 200 } : { size: 1, pipeline };
  const { items } = await backend.listRuns(of, deadline());
  const file = fileOf({ here: true });
  const last: RunSummary | undefined =
    pipeline === undefined && file !== undefined ? lastRunOfFile(items, file) : items[0];
  if (last !== undefined) return last.id;
  const message = pipeline === undefined ? 'There are no runs yet.' : 'This pipeline has not run yet.';
  throw new MlopsError('notFound', message, { hint: 'Run a pipeline first.' });
}
