import type { ConnectionId } from '../core/domain/connection.ts';
import type { ExperimentId } from '../core/domain/experiment.ts';
import type { PipelineId } from '../core/domain/pipeline.ts';
import type { RunId, RunRef } from '../core/domain/run.ts';
import type { ScheduleId } from '../core/domain/schedule.ts';

/** What a row or a command acts on. Commands get it from the tree, from links and from buttons alike. */
export interface Target {
  /** The connection of the pipeline, run or object; the active one when left out. */
  readonly connection?: ConnectionId | undefined;
  readonly pipeline?: PipelineId | undefined;
  readonly run?: RunId | undefined;
  readonly task?: string | undefined;
  readonly schedule?: ScheduleId | undefined;
  readonly experiment?: ExperimentId | undefined;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  /** The row whose list is continued. */
  readonly more?: string | undefined;
  /** A file with pipelines, by its absolute path. */
  readonly file?: string | undefined;
  /** The pipeline's function in that file. */
  readonly function?: string | undefined;
  /** True for the file in the editor in front. */
  readonly here?: boolean | undefined;
}

/** The target for a command on this run. */
export function targetOfRun({ connection, id }: RunRef): Target & RunTarget {
  return { connection, run: id };
}

type RunTarget = Required<Pick<Target, 'run'>>;
