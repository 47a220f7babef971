import type { ConnectionId } from '../core/domain/connection.ts';
import type { PipelineId } from '../core/domain/pipeline.ts';
import type { RunId, RunRef } from '../core/domain/run.ts';

/** What a row or a command is about. Commands get it from the tree, from links and from buttons alike. */
export interface Target {
  /** Where it is: a pipeline, a run, an object. Left out: in the active connection. */
  readonly connection?: ConnectionId | undefined;
  readonly pipeline?: PipelineId | undefined;
  readonly run?: RunId | undefined;
  readonly task?: string | undefined;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  /** The row whose list is continued. */
  readonly more?: string | undefined;
  /** A file with pipelines, by its absolute path. */
  readonly file?: string | undefined;
  /** The pipeline's function in that file. */
  readonly function?: string | undefined;
  /** True for what the editor in front shows. */
  readonly here?: boolean | undefined;
}

/** What a command gets that is about this run. */
export function targetOfRun({ connection, id }: RunRef): Target & RunTarget {
  return { connection, run: id };
}

type RunTarget = Required<Pick<Target, 'run'>>;
