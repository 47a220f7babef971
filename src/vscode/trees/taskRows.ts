import type { Artifact, Metric } from '../../core/domain/artifact.ts';
import type { Run, RunId, TaskRun } from '../../core/domain/run.ts';
import { own } from '../../core/domain/own.ts';
import { code, plain } from '../../core/text/markdown.ts';
import { skipNote, taskLooks, taskStateWord, waitNote } from '../../core/text/state.ts';
import { duration } from '../../core/text/units.ts';
import { figure } from '../../core/text/values.ts';
import { moreBranch, noteBranch } from './listing.ts';
import { type Branch, type Row, type RowClick, runRowId } from './row.ts';
import { errorLine } from '../../core/text/errorLine.ts';
import { nestTasks, type TaskBranch } from './taskTree.ts';

/** Most rows below one task or run before "Show more". */
export const tasksAtOnce = 50;

/** What the rows of a run show besides its tasks. */
interface Context {
  readonly run: RunId;
  readonly now: number;
  /** How many rows are shown below a row, where people asked for more. */
  readonly shown: ReadonlyMap<string, number>;
}

/** The tasks of a run with their artifacts. */
export function taskBranches(run: Run, now: number, shown: ReadonlyMap<string, number>): readonly Branch[] {
  const context = { run: run.id, now, shown };
  const id = runRowId(run.id);
  const branches = nestTasks(run.tasks).map((branch) => taskBranch(branch, context));
  if (branches.length > 0) return bounded(id, branches, shown);
  return [noteBranch(id, run.error === undefined ? 'No tasks yet' : errorLine(run.error))];
}

function taskBranch({ task, children }: TaskBranch, context: Context): Branch {
  const id = `task:${context.run}:${task.path}`;
  const below = [
    ...children.map((child) => taskBranch(child, context)),
    ...task.artifacts.flatMap((artifact) => artifactBranches(artifact, task, context.run)),
  ];
  return {
    row: taskRow(id, task, context, below.length > 0),
    children: below.length === 0 ? undefined : bounded(id, below, context.shown),
  };
}

function taskRow(id: string, task: TaskRun, { run, now }: Context, expands: boolean): Row {
  const look = taskLooks[task.state];
  const label = task.displayName || task.name;
  const running = task.state === 'running';
  const time = task.startedAt === undefined ? undefined : duration((task.endedAt ?? now) - task.startedAt);
  const note = taskNote(task);
  const description = [stateAndTime(task, time), note].filter(Boolean).join(' · ');
  const spoken = [label, running ? taskStateWord(task) : stateAndTime(task, time), note]
    .filter(Boolean)
    .join(', ');
  return {
    id,
    label,
    description,
    icon: { id: look.icon, ...(look.color === undefined ? {} : { color: look.color }) },
    tooltip: taskTooltip(task),
    spoken,
    context: contextOf(task),
    expand: expands ? (running ? 'open' : 'closed') : 'never',
    ...(task.hasLog && !expands ? { click: { command: 'mlops.openLog', title: 'Open log' } } : {}),
    target: { run, task: task.path },
  };
}

/** "task.failed.line.log": what its menu depends on. */
function contextOf({ state, error, hasLog }: TaskRun): string {
  const line = error?.line === undefined ? [] : ['line'];
  return ['task', state, ...line, ...(hasLog ? ['log'] : [])].join('.');
}

/** "running 3 s", "succeeded in 3 s", "cached from iris-11". */
function stateAndTime(task: TaskRun, time: string | undefined): string {
  const word = taskStateWord(task);
  if (task.cachedFrom !== undefined) return `cached from ${task.cachedFrom.label}`;
  if (time === undefined) return word;
  if (task.state === 'running') return `${word} ${time}`;
  if (task.endedAt === undefined) return word;
  return task.state === 'succeeded' ? `${word} in ${time}` : `${word} after ${time}`;
}

function taskNote(task: TaskRun): string {
  if (task.state === 'failed' && task.error !== undefined) return errorLine(task.error);
  if (task.waitsFor !== undefined) return waitNote(task);
  if (task.attempts > 1) return `retry ${task.attempts - 1}/${task.retries}`;
  return skipNote(task);
}

function taskTooltip(task: TaskRun): string {
  const lines = [`**${plain(task.path)}**: ${taskStateWord(task)}`];
  if (task.waitsFor !== undefined) lines.push(plain(task.waitsFor));
  if (task.error !== undefined) {
    lines.push(plain(errorLine(task.error)));
    const { text, place, line } = task.error;
    const where = place === undefined ? `Line ${line ?? '?'}` : `Line ${place.line} of ${plain(place.label)}`;
    if (text !== undefined) lines.push(`${where}: ${code(text)}`);
    if (task.error.hint !== undefined) lines.push(plain(task.error.hint));
  }
  return lines.join('\n\n');
}

/** The row of an artifact that can be opened, or a row for each metric. */
function artifactBranches(artifact: Artifact, task: TaskRun, run: RunId): readonly Branch[] {
  const figures = task.metrics.filter((metric) => metric.artifact === artifact.name);
  if (figures.length > 0) return figures.map((metric) => ({ row: metricRow(metric, task, run) }));
  return [{ row: artifactRow(artifact, task, run) }];
}

function metricRow(metric: Metric, task: TaskRun, run: RunId): Row {
  const shown = figure(metric.value);
  return {
    id: `metric:${run}:${task.path}:${metric.artifact}:${metric.name}`,
    label: metric.name,
    description: shown,
    icon: { id: 'symbol-numeric' },
    tooltip: `${plain(metric.name)} **${plain(String(metric.value))}**`,
    spoken: `${metric.name} ${shown}`,
    context: 'metric',
    expand: 'never',
  };
}

function artifactRow(artifact: Artifact, task: TaskRun, run: RunId): Row {
  const { object } = artifact;
  return {
    id: `artifact:${run}:${task.path}:${artifact.name}`,
    label: artifact.name,
    description: artifact.type,
    icon: { id: own(artifactIcons, artifact.type) ?? 'file' },
    tooltip: `**${plain(artifact.name)}** (${plain(artifact.type)})\n\n${code(artifact.uri)}`,
    spoken: `${artifact.name}, ${artifact.type}`,
    context: object === undefined ? 'artifact' : 'artifact.object',
    expand: 'never',
    ...(object === undefined ? {} : { click: artifactClick(artifact.type, object.key, run), target: object }),
  };
}

/** Reports open in the results, since an editor would show their source. */
function artifactClick(type: string, key: string, run: RunId): RowClick {
  return type === 'HTML' && !key.endsWith('/')
    ? { command: 'mlops.openRun', title: 'Results', target: { run } }
    : { command: 'mlops.openObject', title: 'Open' };
}

const artifactIcons: Readonly<Record<string, string>> = {
  Dataset: 'table',
  Model: 'package',
  Metrics: 'symbol-numeric',
  ClassificationMetrics: 'graph',
  SlicedClassificationMetrics: 'graph',
  HTML: 'globe',
  Markdown: 'markdown',
};

function bounded(
  id: string,
  branches: readonly Branch[],
  shown: ReadonlyMap<string, number>,
): readonly Branch[] {
  const most = shown.get(id) ?? tasksAtOnce;
  if (branches.length <= most) return branches;
  return [...branches.slice(0, most), moreBranch(id, branches.length - most)];
}
