import { noRunsYet } from '../../../core/runs/findRun.ts';
import type { PipelineSummary } from '../../../core/domain/pipeline.ts';
import type { RunId } from '../../../core/domain/run.ts';
import { allPipelines } from '../../../core/pipelines/allPipelines.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../../core/ports/pipelineBackend.ts';
import { lastRunsOfFile } from '../../../core/runs/lastRuns.ts';
import { deadline } from '../../deadline.ts';
import { targetOf } from './arguments.ts';
import { fileOf } from './choosePipeline.ts';

/**
 * The run for a command when none is picked: the row's, the last one of the row's pipeline, the last one of
 * the file in front, else the newest of all. `pipelines` reads all pipelines. Throws notFound when there is none.
 */
export async function chooseLastRun(
  backend: PipelineBackend,
  args: readonly unknown[],
  pipelines: () => Promise<readonly PipelineSummary[]> = () => allPipelines(backend, deadline()),
): Promise<RunId> {
  const { run, pipeline } = targetOf(args);
  if (run !== undefined) return run;
  const file = pipeline === undefined ? fileOf({ here: true }) : undefined;
  const [ofFile] =
    file === undefined ? [] : await lastRunsOfFile(backend, file, await pipelines(), deadline());
  if (ofFile !== undefined) return ofFile.id;
  const query = pipeline === undefined ? { size: 1 } : { size: 1, pipeline };
  const [newest] = (await backend.listRuns(query, deadline())).items;
  if (newest !== undefined) return newest.id;
  const message = pipeline === undefined ? noRunsYet : 'This pipeline has not run yet.';
  throw new MlopsError('notFound', message, { hint: 'Run a pipeline first.' });
}
