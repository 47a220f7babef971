import type { PipelineId } from '../core/domain/pipeline.ts';
import type { RunId } from '../core/domain/run.ts';

/** What a row or a command is about. Commands get it from the tree, from links and from buttons alike. */
export interface Target {
  readonly pipeline?: PipelineId | undefined;
  readonly run?: RunId | undefined;
  readonly task?: string | undefined;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  /** The row whose list goes on. */
  readonly more?: string | undefined;
  /** A file with pipelines, by its absolute path. */
  readonly file?: string | undefined;
  /** The pipeline's function in that file. */
  readonly function?: string | undefined;
  /** True for what the editor in front shows. */
  readonly here?: boolean | undefined;
}
