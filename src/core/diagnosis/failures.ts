import type { Run, TaskRun } from '../domain/run.ts';
import type { RunEvidence, TaskEvidence } from '../ports/runEvidence.ts';
import { causeOf, type StepOf } from './causeOf.ts';
import type { Ended } from './endedBy.ts';
import type { Finding, Verdict } from './finding.ts';
import { hasFailed, hasGivenUp } from './stepsOf.ts';

/** The failures of a run by what its cluster tells, the first one first, and those that another try made good. */
export function failuresIn(
  run: Run,
  evidence: RunEvidence,
  ended: Ended | undefined,
): { readonly failures: readonly Finding[]; readonly survived: readonly Finding[] } {
  const order = new Map(run.tasks.map(({ path }, index) => [path, index]));
  const place = ({ path }: Finding) => order.get(path ?? '') ?? -1;
  const found = evidence.tasks.flatMap((task) => findingsOf(task, { run, evidence, ended }));
  const sorted = found.toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || place(a) - place(b));
  return {
    failures: sorted.filter(({ kind }) => kind === 'failed'),
    survived: sorted.filter(({ kind }) => kind === 'survived'),
  };
}

interface Around {
  readonly run: Run;
  readonly evidence: RunEvidence;
  readonly ended: Ended | undefined;
}

function findingsOf(task: TaskEvidence, around: Around): readonly Finding[] {
  return [...driverFindings(task, around), ...programFindings(task, around)];
}

function driverFindings(task: TaskEvidence, { evidence, ended }: Around): readonly Finding[] {
  const { driver, path } = task;
  if (driver === undefined || !hasFailed(driver)) return [];
  const one: StepOf = { step: driver, part: 'driver', task };
  if (ended?.covers(one) === true) return [];
  return [
    {
      ...causeOf(one, evidence.tasks),
      kind: 'failed',
      path: path === '' ? undefined : path,
      ...ending(driver),
    },
  ];
}

function programFindings(task: TaskEvidence, { run, evidence, ended }: Around): readonly Finding[] {
  const { attempts, retry, path } = task;
  const failed = attempts
    .map((step): StepOf => ({ step, part: 'program', task }))
    .filter((one) => hasFailed(one.step) && ended?.covers(one) !== true);
  const last = failed.at(-1);
  if (last === undefined) return [];
  const givenUp = hasGivenUp(task);
  const cause = withKnownLine(
    causeOf(last, evidence.tasks),
    run.tasks.find((row) => row.path === path),
  );
  return [
    {
      ...cause,
      ...(givenUp ? withRetries(cause, retry?.message ?? '', attempts.length) : {}),
      kind: givenUp ? 'failed' : 'survived',
      path,
      ...(attempts.length > 1 ? { failedTries: failed.length } : {}),
      ...ending(retry !== undefined && givenUp ? retry : last.step),
    },
  ];
}

/** The line as the run itself tells it, which may be placed in the person's own file. */
function withKnownLine(cause: Verdict, task: TaskRun | undefined): Verdict {
  return cause.error !== undefined && task?.error?.line !== undefined
    ? { ...cause, error: task.error }
    : cause;
}

const outOfTime = /max duration limit|exceed max duration/i;

function withRetries({ says, quotes }: Verdict, message: string, tries: number): Partial<Verdict> {
  if (outOfTime.test(message))
    return {
      says: `${says}; it was not tried again, since the time for all tries together was over (\`backoff_max_duration\`)`,
      quotes: [...quotes, { from: 'The workflow', text: message }],
    };
  return tries > 1 ? { says: `${says}, in the last of its ${tries} tries` } : {};
}

function ending({ endedAt }: { readonly endedAt?: number }): { readonly at?: number } {
  return endedAt === undefined ? {} : { at: endedAt };
}
