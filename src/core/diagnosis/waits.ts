import type { RunEvidence, TaskEvidence } from '../ports/runEvidence.ts';
import { code } from '../text/markdown.ts';
import { causeOf, hindranceOf, type StepOf } from './causeOf.ts';
import type { Finding } from './finding.ts';
import { podOf, wasRestarted } from './signs.ts';
import { stepsOf } from './stepsOf.ts';

/** What an active run waits for, and what of it is only about to begin or runs. */
export interface Waiting {
  readonly waits: readonly Finding[];
  readonly starting: readonly string[];
  readonly running: readonly string[];
}

/** What the steps of an active run wait for. */
export function waitsIn(evidence: RunEvidence): Waiting {
  const steps = stepsOf(evidence);
  const pending = steps.filter(({ step }) => step.phase === 'Pending');
  const found = pending.map((one) => ({ one, wait: waitOf(one, evidence) }));
  const again = steps.flatMap((one) => restarting(one, evidence));
  const isRestarted = (path: string) => again.some((one) => one.path === path);
  const running = steps.filter(({ step, task }) => step.phase === 'Running' && !isRestarted(task.path));
  const waits = found.flatMap(({ wait }) => (wait === undefined ? [] : [wait]));
  return {
    waits: [...heldRun(evidence), ...waits, ...again, ...evidence.tasks.flatMap(betweenTries)],
    starting: unique(found.flatMap(({ one, wait }) => (wait === undefined ? [one.task.path] : []))),
    running: unique(running.map(({ task }) => task.path)),
  };
}

function waitOf(one: StepOf, { tasks }: RunEvidence): Finding | undefined {
  const { step, task } = one;
  const hindrance = hindranceOf(one, tasks) ?? lockOf(one);
  if (hindrance === undefined) return undefined;
  const since = step.startedAt === undefined ? {} : { at: step.startedAt };
  return { ...hindrance, kind: 'waiting', path: task.path === '' ? undefined : task.path, ...since };
}

const lock = /Waiting for (.+?) lock/i;

/** A step that waits until others let it. */
function lockOf({ step }: StepOf) {
  const name = lock.exec(step.message)?.[1];
  if (name === undefined) return undefined;
  return {
    cause: 'held',
    says: `it waits for the lock ${code(name)}, which another run holds`,
    next: 'Let the other run end or stop it.',
    quotes: [{ from: 'The workflow', text: step.message }],
  } as const;
}

/** The run itself is held back: suspended, or one of too many. */
function heldRun({ workflow }: RunEvidence): readonly Finding[] {
  const message = workflow?.message ?? '';
  const quotes = message === '' ? [] : [{ from: 'The workflow', text: message }];
  const held = { kind: 'waiting', path: undefined, cause: 'held', quotes } as const;
  if (workflow?.suspended === true)
    return [{ ...held, says: 'its workflow is suspended', next: 'Resume it (`argo resume`), or stop it.' }];
  if (/postponed|too many workflows|parallelism/i.test(message))
    return [
      {
        ...held,
        says: 'the cluster runs no more workflows at once, and it has to wait for its turn',
        next: 'Wait until others end, or have the limit of the workflow controller raised.',
      },
    ];
  return [];
}

/** A program that ended and that Kubernetes starts again after a pause, in the same pod. */
function restarting(one: StepOf, { tasks }: RunEvidence): readonly Finding[] {
  const { step, task } = one;
  const main = podOf(step)?.containers.find(wasRestarted);
  if (step.phase !== 'Running' || main?.state?.kind !== 'waiting') return [];
  const { says, ...why } = causeOf(one, tasks);
  return [
    {
      ...why,
      kind: 'waiting',
      cause: 'restarts',
      path: task.path,
      says: `${says}; Kubernetes starts it again after a pause`,
    },
  ];
}

/** A task between two tries, which goes on by itself. */
function betweenTries({ path, retry, attempts }: TaskEvidence): readonly Finding[] {
  if (retry === undefined || (retry.phase !== 'Running' && retry.phase !== 'Pending')) return [];
  if (!/^backoff for/i.test(retry.message) || attempts.some(({ phase }) => phase === 'Running')) return [];
  return [
    {
      kind: 'waiting',
      cause: 'retries',
      path,
      says: `try ${attempts.length} failed, and the next begins by itself after a pause`,
      next: 'Nothing has to be done yet.',
      quotes: [{ from: 'The workflow', text: retry.message }],
    },
  ];
}

const unique = (paths: readonly string[]) => [...new Set(paths)].filter((path) => path !== '');
