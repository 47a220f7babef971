import type { Pipeline, PipelineSummary } from '../domain/pipeline.ts';
import type { Specification } from './readSpecification.ts';

/** A pipeline with its whole specification; `pipeline` has no remarks of a connection. */
export interface GivenSpec {
  readonly kind: 'spec';
  readonly pipeline: Pipeline;
  readonly specification: Specification;
}

/** A Python file that is not approved: its outline. */
export interface GivenOutline {
  readonly kind: 'outline';
  readonly pipeline: Pipeline;
  /** True when it may need more packages than the outline names. */
  readonly incomplete: boolean;
  /** Hash of the file and of what it imports. */
  readonly content: string;
}

/** An approved Python file that nothing here can compile yet. */
export interface GivenUncompiled {
  readonly kind: 'uncompiled';
  readonly pipeline: PipelineSummary;
}

/** A pipeline of the workspace that is passed to a connection, as far as it may be read. */
export type GivenPipeline = GivenSpec | GivenOutline | GivenUncompiled;
