import type { PipelineSummary } from '../../core/domain/pipeline.ts';
import { sourcesIn } from '../../core/domain/pipelineVariant.ts';
import { isActive, type RunSummary } from '../../core/domain/run.ts';
import { pipelineFunctions } from '../../core/pipelines/pipelineFunctions.ts';
import { failingLine } from '../../core/runs/failingLine.ts';
import { headline } from '../../core/runs/headlineMetric.ts';
import { literal } from '../../core/text/literal.ts';
import { runLooks, runStateWord } from '../../core/text/state.ts';
import { ago } from '../../core/text/units.ts';
import { errorLine } from '../../core/text/errorLine.ts';
import { targetOfRun } from '../target.ts';
import type { KnownCode } from './pipelineCode.ts';

/** A lens above a pipeline's function; after an icon the editor keeps only a non-breaking space. `line` counts from 0. */
export interface Lens {
  readonly line: number;
  readonly title: string;
  readonly tooltip: string;
  readonly command: string;
  readonly argument: unknown;
}

/** A Python file as it is in the editor. */
export interface CodeFile {
  readonly file: string;
  readonly text: string;
  /** True while it has unsaved changes: a function may be new. */
  readonly dirty: boolean;
}

export interface LensContext {
  readonly now: number;
  /** False in Restricted Mode, where nothing is run. */
  readonly trusted: boolean;
}

/** Lenses to run, with the last result, above each pipeline of a file; until the pipelines are known, above what looks like one. */
export function lensesOf(
  code: CodeFile,
  known: KnownCode | undefined,
  context: LensContext,
): readonly Lens[] {
  const listed = known?.pipelines.filter((pipeline) => functionIn(pipeline, code.file) !== undefined) ?? [];
  const names = listed.map((pipeline) => functionIn(pipeline, code.file) ?? '');
  return pipelineFunctions(code.text, names).flatMap(({ name, top }) => {
    const pipeline = listed[names.indexOf(name)];
    const run = pipeline && known?.last.get(pipeline.id);
    const runnable = pipeline !== undefined || known === undefined || code.dirty;
    return [
      ...(context.trusted && runnable ? runLenses(top, name, code.file) : []),
      ...(run === undefined ? [] : resultLenses(top, run, { code, known, now: context.now })),
    ];
  });
}

/** The name of a pipeline's function when it is in this file, whichever variant is listed. */
function functionIn(pipeline: PipelineSummary, file: string): string | undefined {
  return sourcesIn(pipeline, file).find((source) => source.function !== undefined)?.function;
}

function runLenses(line: number, name: string, file: string): readonly Lens[] {
  const argument = { file, function: name };
  const values = `Run ${name} with other values`;
  return [
    { line, title: '$(play)\u00a0Run', tooltip: `Run ${name}`, command: 'mlops.runPipeline', argument },
    {
      line,
      title: '$(settings)\u00a0Run with…',
      tooltip: values,
      command: 'mlops.runPipelineWith',
      argument,
    },
  ];
}

function resultLenses(
  line: number,
  run: RunSummary,
  context: { readonly code: CodeFile; readonly known: KnownCode | undefined; readonly now: number },
): readonly Lens[] {
  const argument = targetOfRun(run);
  const failedLine = run.state === 'failed' ? failedAt(run, context.code, context.known) : undefined;
  const title = `$(${runLooks[run.state].icon})\u00a0${literal(resultText(run, context.now, failedLine))}`;
  const tooltip = run.error === undefined ? `Results of ${run.label}` : errorLine(run.error);
  const result = { line, title, tooltip, command: 'mlops.openRun', argument };
  if (failedLine === undefined) return [result];
  const go = {
    line,
    title: 'Go to line',
    tooltip: `Go to line ${failedLine}`,
    command: 'mlops.goToFailingLine',
  };
  return [result, { ...go, argument }];
}

/** "iris-3 accuracy 0.97, 2 min ago", "iris-4 running 2/4", "iris-5 failed in train: line 31". */
function resultText(run: RunSummary, now: number, failedAt: number | undefined): string {
  const { label: id, counts, state, error } = run;
  if (state === 'failed') {
    const where = error?.task === undefined ? '' : ` in ${error.task}`;
    return `${id} failed${where}${failedAt === undefined ? '' : `: line ${failedAt}`}`;
  }
  if (!isActive(state)) {
    const outcome = (state === 'succeeded' ? headline(run.metrics) : undefined) ?? runStateWord(run);
    return `${id} ${outcome}, ${ago(run.endedAt ?? run.createdAt, now)}`;
  }
  const done = counts.total > 0 && state !== 'preparing' ? ` ${counts.succeeded}/${counts.total}` : '';
  return `${id} ${runStateWord(run)}${done}`;
}

/** The line that a run failed on, in the present file. */
function failedAt(
  run: RunSummary,
  { file, text }: CodeFile,
  known: KnownCode | undefined,
): number | undefined {
  const place = known?.failures.get(run.id);
  if (place?.file !== file) return place?.changed === false ? place.line : undefined;
  const now = failingLine(text, place.task.error);
  return now?.changed === false ? now.line : undefined;
}
