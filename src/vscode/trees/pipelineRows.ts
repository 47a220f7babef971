import { isSample, type PipelineId, type PipelineSummary } from '../../core/domain/pipeline.ts';
import { isRunOf } from '../../core/domain/pipelineVariant.ts';
import { isActive, type Run, type RunId, type RunSummary } from '../../core/domain/run.ts';
import { plain } from '../../core/text/markdown.ts';
import { afterColon } from '../../core/text/sentences.ts';
import { failureBranch, type Listing, listBranches } from './listing.ts';
import type { Failure } from '../failure.ts';
import { type Branch, type Branches, rootId, type Row, runRowId } from './row.ts';
import { runRow } from './runRow.ts';
import { taskBranches } from './taskRows.ts';

/** Pipelines and runs as far as they were read. */
export interface PipelinesState {
  readonly pipelines?: Listing<PipelineSummary>;
  /** Runs of each expanded pipeline, and under `otherRuns` those whose pipeline is not listed. */
  readonly runs: ReadonlyMap<PipelineId | typeof otherRuns, Listing<RunId>>;
  readonly known: ReadonlyMap<RunId, RunSummary>;
  /** Expanded runs, in full. */
  readonly opened: ReadonlyMap<RunId, Run | Failure>;
  readonly shown: ReadonlyMap<string, number>;
  /** When the view was opened, in milliseconds since 1970: runs created since are revealed. */
  readonly begun: number;
}

/** The row of all runs whose pipeline is no longer in the workspace. */
export const otherRuns = 'other';

/** The initial state. */
export function nothingRead(begun: number): PipelinesState {
  return { runs: new Map(), known: new Map(), opened: new Map(), shown: new Map(), begun };
}

/** True for a run to reveal: it is active, or was created after the view was opened. */
export function isNews(run: RunSummary, { begun }: PipelinesState): boolean {
  return isActive(run.state) || run.createdAt >= begun;
}

/** The id of a pipeline's row. */
export const pipelineRowId = (pipeline: PipelineId): string => `pipeline:${pipeline}`;

/** The whole Pipelines view, as far as it was read. */
export function pipelineBranches(state: PipelinesState, now: number): Branches {
  const { pipelines } = state;
  if (pipelines === undefined) return undefined;
  const branches = listBranches(rootId, pipelines, (pipeline) => pipelineBranch(pipeline, state, now));
  const other = state.runs.get(otherRuns);
  if (other === undefined || (other.items.length === 0 && other.failure === undefined)) return branches;
  return [...branches, { row: otherRunsRow, children: runBranches(otherRuns, other, state, now) }];
}

function pipelineBranch(pipeline: PipelineSummary, state: PipelinesState, now: number): Branch {
  const id = pipelineRowId(pipeline.id);
  const listing = state.runs.get(pipeline.id);
  const children = listing === undefined ? undefined : runBranches(id, listing, state, now);
  const ofThis = [...state.known.values()].filter((run) => isRunOf(pipeline, run.pipeline));
  const news = ofThis.some((run) => isNews(run, state));
  return { row: pipelineRow(pipeline, ofThis.length > 0, news), children };
}

function pipelineRow(pipeline: PipelineSummary, hasRuns: boolean, news: boolean): Row {
  const label = pipeline.displayName ?? pipeline.name;
  const where = isSample(pipeline.source) ? 'sample' : (pipeline.source.label ?? '');
  const common = { id: pipelineRowId(pipeline.id), label, target: { pipeline: pipeline.id } };
  const { problem } = pipeline;
  if (problem === undefined) {
    return {
      ...common,
      description: where,
      icon: { id: 'type-hierarchy-sub' },
      tooltip: [`**${plain(label)}**`, pipeline.description ?? '', where]
        .filter(Boolean)
        .map(keepBold)
        .join('\n\n'),
      spoken: [label, 'pipeline', where].filter(Boolean).join(', '),
      context: pipeline.source.kind === 'server' ? 'pipeline.runnable.server' : 'pipeline.runnable',
      expand: news ? 'open' : 'closed',
    };
  }
  const line = problem.line === undefined ? '' : `, line ${problem.line}`;
  return {
    ...common,
    description: problem.message,
    icon: { id: 'warning', color: 'list.warningForeground' },
    tooltip: [plain(problem.message), plain(problem.hint ?? ''), plain(where + line)]
      .filter(Boolean)
      .join('\n\n'),
    spoken: `${label}, cannot be run: ${afterColon(problem.message)}`,
    context: 'pipeline.broken',
    expand: hasRuns ? 'closed' : 'never',
    click: { command: 'mlops.openPipeline', title: 'Open' },
  };
}

const keepBold = (text: string, index: number) => (index === 0 ? text : plain(text));

const otherRunsRow: Row = {
  id: otherRuns,
  label: 'Other runs',
  description: 'their pipelines are not in this workspace',
  icon: { id: 'history' },
  spoken: 'Other runs, their pipelines are not in this workspace',
  context: 'otherRuns',
  expand: 'closed',
};

function runBranches(
  id: string,
  listing: Listing<RunId>,
  state: PipelinesState,
  now: number,
): readonly Branch[] {
  const runs = listing.items.flatMap((run) => state.known.get(run) ?? []);
  return listBranches(id, { ...listing, items: runs }, (run) => runBranch(run, state, now), {
    empty: 'No runs yet',
  });
}

function runBranch(run: RunSummary, state: PipelinesState, now: number): Branch {
  const row = { ...runRow(run, now), ...(isNews(run, state) ? { revealOnce: true } : {}) };
  const opened = state.opened.get(run.id);
  if (opened === undefined) return { row };
  if ('message' in opened) return { row, children: [failureBranch(runRowId(run.id), opened)] };
  return { row, children: taskBranches(opened, now, state.shown) };
}
