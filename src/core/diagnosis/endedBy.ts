import type { Run } from '../domain/run.ts';
import type { RunEvidence } from '../ports/runEvidence.ts';
import { code } from '../text/markdown.ts';
import { someNames } from '../text/someNames.ts';
import { duration } from '../text/units.ts';
import { hindranceOf, type StepOf } from './causeOf.ts';
import type { Finding, Quote } from './finding.ts';
import { endedWithStop, hasFailed, stepsOf, wasCutOff } from './stepsOf.ts';

/** What put an end to a run from outside: a person who stopped it, or its time limit. */
export interface Ended {
  readonly finding: Finding;
  /** True for a step that failed only for it. */
  readonly covers: (step: StepOf) => boolean;
}

/** Whether a run was ended from outside, and by what. */
export function endedBy(run: Run, evidence: RunEvidence): Ended | undefined {
  if (isStopped(run, evidence)) return stopped(evidence);
  const cut = stepsOf(evidence).filter(({ step }) => wasCutOff(step));
  return cut.length === 0 ? undefined : timedOut(evidence, cut);
}

function isStopped({ state }: Run, { workflow, stopAskedAt }: RunEvidence): boolean {
  if (state === 'succeeded') return false;
  const told = workflow?.deadlineSeconds === 0 || (workflow?.shutdown ?? '') !== '';
  return told || state === 'stopped' || state === 'stopping' || stopAskedAt !== undefined;
}

function stopped(evidence: RunEvidence): Ended {
  const covers = ({ step }: StepOf) => endedWithStop(step, evidence);
  const cut = stepsOf(evidence).filter((one) => hasFailed(one.step) && covers(one));
  const waited = cut.flatMap((one) => {
    const hindrance = hindranceOf(one, evidence.tasks);
    return hindrance === undefined ? [] : [{ one, hindrance }];
  });
  const [first] = waited;
  const others = cut.filter((one) => waited.every((other) => other.one !== one));
  const stuck =
    first === undefined ? '' : `; until then ${nameOf(first.one)} could not begin: ${first.hindrance.says}`;
  return {
    covers,
    finding: {
      cause: 'stopped',
      kind: 'failed',
      path: pathsOf(first === undefined ? cut : [first.one])[0],
      says: `a person or a program ended it, no error${duringText(others)}${stuck}`,
      next:
        first?.hindrance.next ?? 'Nothing has to be repaired: run it again, or retry it, if it should go on.',
      quotes: [...quotesOfCut(cut), ...(first?.hindrance.quotes ?? [])],
    },
  };
}

function timedOut({ workflow }: RunEvidence, cut: readonly StepOf[]): Ended {
  const seconds = workflow?.deadlineSeconds ?? 0;
  const limit = seconds > 0 ? ` of ${duration(seconds * 1000)}` : '';
  return {
    covers: ({ step }) => wasCutOff(step),
    finding: {
      cause: 'timeout',
      kind: 'failed',
      path: pathsOf(cut)[0],
      says: `the run took longer than its time limit${limit}${duringText(cut)}`,
      next: 'Give the run more time, or make its tasks faster; look at which took longest.',
      quotes: quotesOfCut(cut),
      ...endOf(cut),
    },
  };
}

function endOf(cut: readonly StepOf[]): { readonly at?: number } {
  const ends = cut.flatMap(({ step }) => (step.endedAt === undefined ? [] : [step.endedAt]));
  return ends.length === 0 ? {} : { at: Math.min(...ends) };
}

function duringText(cut: readonly StepOf[]): string {
  const names = pathsOf(cut).map((path) => code(path));
  return names.length === 0
    ? ''
    : `, while ${someNames(names, 3)} ${names.length === 1 ? 'was' : 'were'} going on`;
}

function pathsOf(cut: readonly StepOf[]): readonly string[] {
  return [...new Set(cut.map(({ task }) => task.path).filter((path) => path !== ''))];
}

function nameOf({ task }: StepOf): string {
  return task.path === '' ? 'the run' : code(task.path);
}

function quotesOfCut(cut: readonly StepOf[]): readonly Quote[] {
  const texts = new Set(cut.map(({ step }) => step.message).filter((text) => text !== ''));
  return [...texts].slice(0, 2).map((text) => ({ from: 'The workflow', text }));
}
