import type { Pipeline, PipelineSummary } from '../domain/pipeline.ts';
import type { Specification } from './readSpecification.ts';

/** A pipeline with its whole specification; what a connection has to say of it is not in `pipeline`. */
export interface GivenSpec {
  readonly kind: 'spec';
  readonly pipeline: Pipeline;
  readonly specification: Specification;
}

/** A Python file without a yes: what its syntax tree says. */
export interface GivenOutline {
  readonly kind: 'outline';
  readonly pipeline: Pipeline;
  /** True when it may take more packages than the outline names. */
  readonly incomplete: boolean;
  /** Stands for the content of the file and of what it imports. */
  readonly content: string;
}

/** A Python file with a yes that nothing here can compile yet. */
export interface GivenUncompiled {
  readonly kind: 'uncompiled';
  readonly pipeline: PipelineSummary;
}

/** A pipeline that a connection is handed, since it does not have it itself: one of the workspace, as far as it may be read. */
export type GivenPipeline = GivenSpec | GivenOutline | GivenUncompiled;
