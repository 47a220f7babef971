import * as vscode from 'vscode';
import { noRunsYet } from '../../../core/runs/findRun.ts';
import type { Page } from '../../../core/domain/page.ts';
import type { PipelineSummary } from '../../../core/domain/pipeline.ts';
import {
  isActive,
  type Run,
  type RunState,
  type RunSummary,
  type TaskState,
} from '../../../core/domain/run.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { taskLooks, taskStateWord } from '../../../core/text/state.ts';
import { ago } from '../../../core/text/units.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { PipelineBackend } from '../../../core/ports/pipelineBackend.ts';
import { timingText } from '../../../core/schedules/timingText.ts';
import type { Schedule } from '../../../core/domain/schedule.ts';
import type { Schedules } from '../../../core/ports/schedules.ts';
import { literal } from '../../../core/text/literal.ts';
import { deadline } from '../../deadline.ts';
import { runRow } from '../../trees/runRow.ts';

type Pick<T> = vscode.QuickPickItem & { readonly value: T };

/** Asks for one of these; undefined when the person leaves. */
async function pick<T>(title: string, items: readonly Pick<T>[]): Promise<T | undefined> {
  const options = { title, matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.value;
}

/** Which runs are offered, active ones first, and the message when there are none. */
export interface RunChoice {
  readonly states?: readonly RunState[];
  readonly none?: string;
  readonly activeFirst?: boolean;
  /** Only archived ones. */
  readonly archived?: boolean;
}

/** Asks for a run, newest first. */
export async function pickRun(
  backend: PipelineBackend,
  clock: Clock,
  title: string,
  { states, none = noRunsYet, activeFirst = false, archived = false }: RunChoice = {},
): Promise<RunSummary | undefined> {
  const page = await backend.listRuns(
    { size: 100, archived, ...(states === undefined ? {} : { states }) },
    deadline(),
  );
  if (page.items.length === 0) throw nothing(none);
  const active = ({ state }: RunSummary) => Number(activeFirst && isActive(state));
  return pick(
    title,
    page.items.toSorted((a, b) => active(b) - active(a)).map((run) => runItem(run, clock.now())),
  );
}

/** Asks for a pipeline that can be read; those for which `first` holds come first. */
export async function pickPipeline(
  backend: PipelineBackend,
  title: string,
  first: (pipeline: PipelineSummary) => boolean = () => false,
): Promise<PipelineSummary | undefined> {
  const page: Page<PipelineSummary> = await backend.listPipelines({ size: 200 }, deadline());
  const readable = page.items
    .filter((pipeline) => pipeline.problem === undefined)
    .toSorted((a, b) => Number(first(b)) - Number(first(a)));
  if (readable.length === 0) {
    throw nothing('There are no pipelines here.', 'Open a folder with one, or take MLOps: New pipeline.');
  }
  return pickOf(readable, title);
}

/** Asks for a schedule. */
export async function pickSchedule(
  schedules: Schedules,
  title: string,
  fits: (schedule: Schedule) => boolean,
): Promise<Schedule | undefined> {
  const { items } = await schedules.list({ size: 200 }, deadline());
  const offered = items.filter(fits);
  if (offered.length === 0)
    throw nothing('There is no such schedule.', 'List the schedules to see which there are.');
  return pick(
    title,
    offered.map((schedule) => ({
      label: literal(schedule.name),
      description: timingText(schedule.timing, schedule.zone),
      value: schedule,
    })),
  );
}

/** Asks for one of these pipelines. */
export function pickOf(
  pipelines: readonly PipelineSummary[],
  title: string,
): Promise<PipelineSummary | undefined> {
  const items = pipelines.map((pipeline) => ({
    label: literal(pipeline.displayName ?? pipeline.name),
    description: literal(pipeline.source.label ?? pipeline.source.kind),
    ...(pipeline.description === undefined ? {} : { detail: literal(pipeline.description) }),
    value: pipeline,
  }));
  return pick(title, items);
}

/** Asks for a task of a run that has a log; those in the state `first` come first. */
export async function pickTask(
  run: Run,
  title: string,
  first: TaskState = 'failed',
): Promise<string | undefined> {
  const logged = run.tasks.filter((task) => task.hasLog);
  if (logged.length === 0) throw nothing(`No task of ${run.label} has a log yet.`);
  const sorted = logged.toSorted((a, b) => Number(b.state === first) - Number(a.state === first));
  const items = sorted.map((task) => ({
    label: `$(${taskLooks[task.state].icon}) ${literal(task.path)}`,
    description: taskStateWord(task),
    value: task.path,
  }));
  return pick(title, items);
}

/** A run as a quick pick shows it. */
export function runItem(run: RunSummary, now: number): Pick<RunSummary> {
  const { icon, description } = runRow(run, now);
  const codicon = icon === undefined ? '' : `$(${icon.id}) `;
  const detail = literal(`${run.pipeline.name}, ${ago(run.createdAt, now)}`);
  return {
    label: `${codicon}${literal(run.label)}`,
    description: literal(description ?? ''),
    detail,
    value: run,
  };
}

function nothing(message: string, hint?: string): MlopsError {
  return new MlopsError('notFound', message, { hint });
}
