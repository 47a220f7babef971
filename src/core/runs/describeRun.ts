import type { Artifact } from '../domain/artifact.ts';
import {
  type Run,
  type RunSummary,
  type TaskRun,
  isActive,
  isWork,
  preparationFailed,
  preparationLog,
} from '../domain/run.ts';
import { own } from '../domain/own.ts';
import { commonFolder } from '../storage/commonFolder.ts';
import { code, count, nameText, phrase, shorten, untrusted } from '../text/markdown.ts';
import { type Redact, redactor } from '../text/redact.ts';
import { moment, momentAfter } from '../text/dates.ts';
import { attemptNote, skipNote, taskStateWord } from '../text/state.ts';
import { duration } from '../text/units.ts';
import { figureText, value } from '../text/values.ts';
import { type FailedTask, failedTasks } from './failedTask.ts';
import { outcomeLine } from './outcomeLine.ts';

/** Most running tasks whose last lines are shown. */
export const mostRunning = 3;
const mostTasks = 60;
const mostFailures = 3;
const mostArtifacts = 40;
const longestHint = 500;
const longestWait = 300;

/** What is known of a run at this moment. */
export interface RunNow {
  readonly now: number;
  /** The last line that running tasks printed, by their paths. */
  readonly lastLines: ReadonlyMap<string, string>;
}

/**
 * A run in full for people and models: how it ended, compared with the last good run, its times, tasks, parameters, artifacts. With `at`,
 * how long it has been running and what it printed last.
 */
export function describeRun(run: Run, previous?: RunSummary, at?: RunNow): string {
  return [
    outcomeLine(run, previous),
    timesLine(run, at?.now),
    runningText(run, at),
    failureText(run),
    tasksList(run),
    parametersLine(run),
    metricsList(run),
    outputsLine(run),
    artifactsList(run),
    notesList(run),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** How a run ended, in short; the description has the rest. */
export function summarizeRun(run: Run, previous?: RunSummary): string {
  return [
    outcomeLine(run, previous),
    failureText(run),
    tasksList(run),
    outputsLine(run),
    artifactsLine(run),
    notesList(run),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** "Created 2026-04-03 14:05, started 14:06, ended 14:09 after 3 min." */
function timesLine({ createdAt, startedAt, endedAt }: Run, now: number | undefined): string {
  const parts = [`Created ${moment(createdAt)}`];
  if (startedAt !== undefined) parts.push(`started ${momentAfter(startedAt, createdAt)}`);
  const begun = startedAt ?? createdAt;
  if (endedAt !== undefined)
    parts.push(`ended ${momentAfter(endedAt, createdAt)} after ${duration(endedAt - begun)}`);
  else if (now !== undefined) parts.push(`going on for ${duration(now - begun)}`);
  return `${parts.join(', ')}.`;
}

/** How long the running tasks have been running, and the last line of each. */
function runningText(run: Run, at: RunNow | undefined): string {
  if (at === undefined || !isActive(run.state)) return '';
  const hide = redactor(run);
  const running = run.tasks.filter(({ state, kind }) => state === 'running' && isWork(kind));
  const texts = running.slice(0, mostRunning).map(({ path, startedAt }) => {
    const time = startedAt === undefined ? '' : ` for ${duration(at.now - startedAt)}`;
    const line = at.lastLines.get(path);
    const what = `${code(path)} has been running${time}`;
    return line === undefined ? `${what}.` : untrusted(`${what}. Its last line`, hide(line));
  });
  return texts.join('\n\n');
}

function artifactsLine(run: Run): string {
  const objects = run.tasks
    .flatMap((task) => task.artifacts)
    .flatMap(({ object }) => (object === undefined ? [] : [object]));
  if (objects.length === 0) return '';
  return `${count(objects.length, 'artifact')} in ${code(commonFolder(objects))}.`;
}

/** What failed and on which line; empty for a run that did not fail. */
export function failureText(run: Run): string {
  const failed = failedTasks(run);
  const hide = redactor(run);
  const shown = failed.slice(0, mostFailures);
  const parts = shown.map((task) => taskFailure(task, hide));
  parts.push(
    ...new Set(
      shown.flatMap(({ error }) => (error.hint === undefined ? [] : [phrase(error.hint, longestHint)])),
    ),
  );
  if (failed.length > mostFailures) parts.push(`${count(failed.length - mostFailures, 'more task')} failed.`);
  if (run.error !== undefined && failed.length === 0) {
    parts.push(untrusted(nameText(run.error.type), hide(run.error.message)));
    if (run.error.hint !== undefined) parts.push(phrase(run.error.hint, longestHint));
    if (run.error.kind === preparationFailed && run.hasPreparationLog)
      parts.push(`What was printed until then: show the log of ${preparationLog} in ${code(run.label)}.`);
  }
  return parts.join('\n\n');
}

function taskFailure({ error, ...task }: FailedTask, hide: Redact): string {
  const { type, message, text, place } = error;
  const { line = '?', label: within = error.function ?? task.name } = place ?? { line: error.line };
  const lines = [[type, message].join(': ')];
  if (text !== undefined) lines.push(`at line ${line} of ${within}:`, `  ${text}`);
  return untrusted(`${code(task.path)} failed${givenText(task)}`, hide(lines.join('\n')));
}

/** The inputs of a task in an iteration, since the paths of iterations differ only in a number. */
function givenText({ path, inputs }: Pick<TaskRun, 'path' | 'inputs'>): string {
  const given = path.includes('[') ? Object.entries(inputs).slice(0, 4) : [];
  const texts = given.map(([name, json]) => `${code(name)} = ${value(name, json)}`);
  return texts.length === 0 ? '' : ` with ${texts.join(', ')}`;
}

/** A list, since tables do not fit the narrow chat. */
function tasksList(run: Run): string {
  const tasks = withoutGroups(run.tasks);
  const lines = tasks.slice(0, mostTasks).map(taskLine);
  const left = tasks.length - mostTasks;
  const cut = left > 0 ? `\n\n${count(left, 'more task')} ${left === 1 ? 'is' : 'are'} not shown.` : '';
  return lines.join('\n') + cut;
}

/**
 * The tasks without the loops, iterations and groups around them, which their paths name. A group that was
 * skipped, or failed by itself, is kept.
 */
function withoutGroups(tasks: readonly TaskRun[]): readonly TaskRun[] {
  const around = new Set(
    tasks.flatMap(({ path }) => [...path.matchAll(/[/[]/g)].map(({ index }) => path.slice(0, index))),
  );
  const failed = new Set<TaskRun>(failedTasks({ tasks }));
  return tasks.filter((task) => !around.has(task.path) || task.state === 'skipped' || failed.has(task));
}

/** "- `train` succeeded in 2 s, attempt 2 of 4", "- `load` cached from `iris-11`". */
function taskLine(task: TaskRun): string {
  const state =
    task.cachedFrom === undefined
      ? taskStateWord(task) + taskTime(task)
      : `cached from ${code(task.cachedFrom.label)}`;
  const notes = [state, attemptNote(task), skipNote(task)].filter(Boolean).join(', ');
  const wait = task.waitsFor === undefined ? '' : `: ${phrase(task.waitsFor, longestWait)}`;
  return `- ${code(task.path)} ${notes}${wait}`;
}

function taskTime({ state, startedAt, endedAt }: TaskRun): string {
  if (state === 'skipped' || startedAt === undefined || endedAt === undefined) return '';
  return ` ${state === 'succeeded' ? 'in' : 'after'} ${duration(endedAt - startedAt)}`;
}

function parametersLine(run: Run): string {
  const names = Object.keys(run.parameters);
  if (names.length === 0) return '';
  return `Parameters: ${names.map((name) => `${code(name)} = ${value(name, own(run.parameters, name))}`).join(', ')}`;
}

function metricsList(run: Run): string {
  if (run.metrics.length === 0) return '';
  const shown = run.metrics.slice(0, mostTasks);
  const lines = shown.map(
    (metric) => `- ${nameText(metric.name)} **${figureText(metric.value)}** of ${code(metric.task)}`,
  );
  const left = run.metrics.length - shown.length;
  if (left > 0) lines.push(`- ${count(left, 'more metric')}`);
  return `Metrics:\n${lines.join('\n')}`;
}

function outputsLine(run: Run): string {
  const names = Object.keys(run.outputs);
  if (names.length === 0) return '';
  return `Returns: ${names.map((name) => `${code(name)} = ${value(name, own(run.outputs, name))}`).join(', ')}`;
}

function artifactsList(run: Run): string {
  const all = run.tasks.flatMap((task) => task.artifacts.map((artifact) => ({ task, artifact })));
  if (all.length === 0) return '';
  const lines = all.slice(0, mostArtifacts).map(({ task, artifact }) => {
    return `- ${nameText(artifact.type)} ${code(artifact.name)} of ${code(task.path)}${whereIs(artifact)}`;
  });
  if (all.length > mostArtifacts) lines.push(`- ${all.length - mostArtifacts} more`);
  return `Artifacts:\n${lines.join('\n')}`;
}

/** Its object, else its address in a store elsewhere; metrics have no file. */
function whereIs({ object, type, uri }: Artifact): string {
  if (object !== undefined) return `: ${code(`${object.bucket}/${object.key}`)}`;
  return type.endsWith('Metrics') || !/^[\w+.-]+:\/\/./.test(uri) ? '' : `: ${code(shorten(uri, 300))}`;
}

function notesList(run: Run): string {
  if (run.notes.length === 0 || isActive(run.state)) return '';
  return run.notes.map((note) => `- ${phrase(note.message, 500)}`).join('\n');
}
