import { isWork, preparationFailed, type Run, type TaskError } from '../domain/run.ts';
import { failedTasks } from '../runs/failedTask.ts';
import { code, phrase } from '../text/markdown.ts';
import type { Finding } from './finding.ts';

/** The failures that the run itself tells, the first one first: for a backend that records errors of tasks. */
export function recordedFailures(run: Run): readonly Finding[] {
  const failed = failedTasks(run)
    .filter(
      ({ kind }) =>
        isWork(kind) || !run.tasks.some((task) => task.error?.kind === 'upstream' && isWork(task.kind)),
    )
    .toSorted((a, b) => (a.endedAt ?? Infinity) - (b.endedAt ?? Infinity));
  const first = failed.filter(({ error }) => error.kind !== 'upstream');
  const tasks = (first.length === 0 ? failed : first).map(({ path, error, endedAt }): Finding => ({
    ...wordsFor(error),
    kind: 'failed',
    path,
    error,
    quotes: [],
    ...(endedAt === undefined ? {} : { at: endedAt }),
  }));
  return tasks.length > 0 ? tasks : asWhole(run);
}

/** A failure of the run itself, of which no task tells. */
function asWhole({ state, error }: Run): readonly Finding[] {
  if (state !== 'failed' && state !== 'interrupted') return [];
  const text = [error?.type, error?.message].filter(Boolean).join(': ');
  const quotes = text === '' ? [] : [{ from: 'The run', text }];
  const known = wholes[state === 'interrupted' ? 'interrupted' : (error?.kind ?? '')] ?? unknown;
  const next = error?.hint === undefined ? known.next : phrase(error.hint, longestHint);
  return [{ ...known, kind: 'failed', path: undefined, quotes, next }];
}

type Words = Pick<Finding, 'cause' | 'says' | 'next'>;

const unknown: Words = {
  cause: 'unknown',
  says: 'no task tells why',
  next: 'Run it again, and look at its log.',
};

const wholes: { readonly [kind: string]: Words } = {
  interrupted: {
    cause: 'interrupted',
    says: 'nothing works on it any more; it was cut off, as when this machine is switched off',
    next: 'Run it again.',
  },
  [preparationFailed]: {
    cause: 'preparation',
    says: 'its packages could not be installed, so no task began',
    next: 'Correct the packages of its components and run it again.',
  },
};

const longestHint = 500;

const words: { readonly [kind: string]: Words } = {
  memory: {
    cause: 'outOfMemory',
    says: 'it ran out of memory',
    next: 'Let it hold less at once: fewer rows, smaller batches; or free memory on this machine.',
  },
  exit: {
    cause: 'exit',
    says: 'its program ended itself with a code that says that it failed',
    next: 'Read what it printed last: show its log.',
  },
  signal: {
    cause: 'exit',
    says: 'its program was ended by a signal',
    next: 'If nobody ended it, a package with native code may have crashed: show its log.',
  },
  input: {
    cause: 'input',
    says: 'an input of it has no value or a wrong one',
    next: 'Correct the value and run again.',
  },
  setup: {
    cause: 'cannotStart',
    says: 'its component could not be loaded or started',
    next: 'Correct what is named above and run again.',
  },
  returnType: {
    cause: 'exception',
    says: 'its result is not of the type that it declares',
    next: 'Correct the line and run again.',
  },
  output: {
    cause: 'exception',
    says: 'an artifact that it should write is not usable',
    next: 'Correct what it writes and run again.',
  },
};

function wordsFor({ kind, type, hint }: TaskError): Pick<Finding, 'cause' | 'says' | 'next'> {
  const known = words[kind];
  const hinted = hint === undefined ? undefined : phrase(hint, longestHint);
  const next = hinted ?? known?.next ?? 'Correct the line and run again.';
  if (known !== undefined) return { ...known, next };
  if (kind === 'exception') return { cause: 'exception', says: `its code raised ${code(type)}`, next };
  return { cause: 'unknown', says: 'it failed', next: hinted ?? 'Read its log.' };
}
