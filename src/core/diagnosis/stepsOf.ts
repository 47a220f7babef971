import type { RunEvidence, StepEvidence, TaskEvidence } from '../ports/runEvidence.ts';
import type { StepOf } from './causeOf.ts';

/** Every step of a run's tasks: drivers and attempts. */
export function stepsOf({ tasks }: RunEvidence): readonly StepOf[] {
  return tasks.flatMap((task) => [
    ...(task.driver === undefined ? [] : [{ step: task.driver, part: 'driver', task } as const]),
    ...task.attempts.map((step) => ({ step, part: 'program', task }) as const),
  ]);
}

/** True for a step that failed, in the words of Argo. */
export function hasFailed({ phase }: Pick<StepEvidence, 'phase'>): boolean {
  return phase === 'Failed' || phase === 'Error';
}

const cut =
  /Step exceeded (?:its|workflow) deadline|exceeded (?:its|workflow) deadline|shutdown with strategy|stopped with strategy|^terminated$/i;

/** True for a step that was ended from outside, by what the workflow says of it. */
export function wasCutOff(step: StepEvidence): boolean {
  return cut.test(step.message);
}

const killed = /\(exit code (?:143|137)\)|exit code (?:143|137)$|^pod deleted|^task pod deleted/i;

/** True for a step whose end goes with a stop of the whole run, though nothing says so. */
export function endedWithStop(step: StepEvidence, { stopAskedAt }: RunEvidence): boolean {
  if (wasCutOff(step)) return true;
  if (killed.test(step.message) && !/OOMKilled/.test(step.message)) return true;
  return stopAskedAt !== undefined && (step.endedAt ?? 0) >= stopAskedAt;
}

/** Whether the attempts of a task have failed for good: with retries, what holds them tells. */
export function hasGivenUp({ retry, attempts }: TaskEvidence): boolean {
  if (retry !== undefined) return hasFailed(retry);
  const last = attempts.at(-1);
  return last !== undefined && hasFailed(last);
}
