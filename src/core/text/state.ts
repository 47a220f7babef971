import type { RunState, TaskRun, TaskState } from '../domain/run.ts';
import { visible } from './literal.ts';
import { shorten } from './markdown.ts';

/** The look of a state: a codicon, its theme colour, and the word that always accompanies them. */
export interface StateLook {
  readonly icon: string;
  readonly color?: string;
  readonly word: string;
}

const running: StateLook = { icon: 'loading~spin', color: 'charts.blue', word: 'running' };
const succeeded: StateLook = { icon: 'pass', color: 'testing.iconPassed', word: 'succeeded' };
const failed: StateLook = { icon: 'error', color: 'testing.iconFailed', word: 'failed' };
const skipped: StateLook = { icon: 'skip', color: 'testing.iconSkipped', word: 'skipped' };
const stopped: StateLook = { icon: 'circle-slash', color: 'testing.iconSkipped', word: 'stopped' };
const waiting: StateLook = { icon: 'circle-large', color: 'testing.iconUnset', word: 'waiting' };

/** The look of every state of a run. */
export const runLooks: Readonly<Record<RunState, StateLook>> = {
  pending: waiting,
  preparing: { icon: 'loading~spin', color: 'charts.blue', word: 'preparing' },
  running,
  stopping: { icon: 'loading~spin', color: 'charts.yellow', word: 'stopping' },
  succeeded,
  failed,
  stopped,
  interrupted: { icon: 'debug-disconnect', color: 'charts.orange', word: 'interrupted' },
  skipped,
};

/** The look of every state of a task. */
export const taskLooks: Readonly<Record<TaskState, StateLook>> = {
  pending: waiting,
  running,
  succeeded,
  failed,
  skipped,
  stopped,
};

/** The word for the state of a run. */
export function runStateWord(run: { readonly state: RunState }): string {
  return runLooks[run.state].word;
}

/** Why a task was skipped; empty for one that was not. */
export function skipNote({ skipReason }: Pick<TaskRun, 'skipReason'>): string {
  if (skipReason === undefined) return '';
  return skipReason === 'condition' ? 'its condition was false' : 'what it needs did not succeed';
}

/** "attempt 2 of 4"; empty for the first. */
export function attemptNote({ attempts, retries }: Pick<TaskRun, 'attempts' | 'retries'>): string {
  return attempts > 1 ? `attempt ${attempts} of ${retries + 1}` : '';
}

/** What a task waits for, in one line: "Unschedulable: 0/3 nodes are available"; empty where nothing is told. */
export function waitNote({ waitsFor = '' }: Pick<TaskRun, 'waitsFor'>): string {
  return shorten(visible(waitsFor).trim().replace(/\s+/g, ' '), 160);
}

/** The word for the state of a task: "cached" for one that did not run again. */
export function taskStateWord(task: Pick<TaskRun, 'state' | 'cachedFrom'>): string {
  return task.state === 'succeeded' && task.cachedFrom !== undefined ? 'cached' : taskLooks[task.state].word;
}
