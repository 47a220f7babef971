import type { Pipeline, PipelineSummary } from '../../domain/pipeline.ts';
import type { RunSummary } from '../../domain/run.ts';

/** What exists where a sentence is about: what its words may name. */
export interface Known {
  /** In full where it was read (`parameters`), else as a list has it. */
  readonly pipelines: readonly (PipelineSummary & Partial<Pick<Pipeline, 'parameters' | 'tasks'>>)[];
  /** Newest first. */
  readonly runs: readonly RunSummary[];
  /** False where there are more runs than these, or they could not be read. */
  readonly allRuns: boolean;
  readonly buckets: readonly string[];
  /** True where there are experiments, and where a failed run can go on: "retry" means no new one there. */
  readonly keeps?: boolean;
}

export type KnownPipeline = Known['pipelines'][number];

/** Names are compared without case and without the difference between `-`, `_`, dots and spaces. */
export function simple(text: string): string {
  return folded(text.trim())
    .replace(/[\s_.-]+/g, '-')
    .replace(/-pipeline$/, '');
}

/** Small letters, umlauts as they are written without them. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll('’', "'");
}

/** The pipeline of that name, if it is known. */
export function pipelineCalled(known: Known, name: string): KnownPipeline | undefined {
  const wanted = simple(name);
  return (
    known.pipelines.find((one) => one.name === name) ??
    known.pipelines.find((one) => namesOf(one).some((other) => simple(other) === wanted))
  );
}

/** All that a pipeline is called: its name, its title, its file. */
export function namesOf({ name, displayName, source }: KnownPipeline): readonly string[] {
  const { label } = source;
  const file = label?.split('/').at(-1);
  return [name, displayName, label, file, file?.replace(/\.\w+$/, '')].filter((one) => one !== undefined);
}

/** The run of that id, label or number, if it is known. */
export function runCalled(known: Known, text: string): RunSummary | undefined {
  const wanted = folded(text);
  const number = /^#?(\d{1,15})$/.exec(wanted)?.[1];
  return known.runs.find(
    (run) =>
      [run.id, run.label].some((one) => folded(one) === wanted) ||
      (number !== undefined && run.number === Number(number)),
  );
}

/** Runs of a pipeline, newest first. */
export function runsOf(known: Known, pipeline: string | undefined): readonly RunSummary[] {
  if (pipeline === undefined) return known.runs;
  const wanted = simple(pipeline);
  return known.runs.filter((run) => simple(run.pipeline.name) === wanted);
}
