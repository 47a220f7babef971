import type { Pipeline, PipelineSummary } from '../../src/core/domain/pipeline.ts';
import type { Run, RunSummary } from '../../src/core/domain/run.ts';

/** A pipeline as a list shows it. */
export function toPipelineSummary(pipeline: Pipeline): PipelineSummary {
  const {
    parameters: _1,
    tasks: _2,
    packages: _3,
    sources: _4,
    blockers: _5,
    notes: _6,
    ...summary
  } = pipeline;
  return summary;
}

/** A run as a list shows it. */
export function toRunSummary(run: Run): RunSummary {
  const { tasks: _1, outputs: _2, notes: _3, cache: _4, ...summary } = run;
  return summary;
}
