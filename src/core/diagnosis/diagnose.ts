import { isActive, isWork, type Run } from '../domain/run.ts';
import type { RunEvidence } from '../ports/runEvidence.ts';
import { hindranceOf } from './causeOf.ts';
import { endedBy } from './endedBy.ts';
import { failuresIn } from './failures.ts';
import type { Diagnosis, Finding } from './finding.ts';
import { recordedFailures } from './recordedFailures.ts';
import { waitsIn } from './waits.ts';

/** Why a run failed or what it waits for, by rules over what is known of it. Without evidence the run's own records tell. */
export function diagnose(run: Run, evidence: RunEvidence | undefined, now: number): Diagnosis {
  const active = isActive(run.state);
  const base = {
    run,
    now,
    leftOut: run.tasks
      .filter(({ kind, skipReason }) => isWork(kind) && skipReason === 'upstream')
      .map(({ path }) => path),
    unseen: evidence?.unseen ?? [],
  };
  if (evidence === undefined) {
    const running = run.tasks.filter(({ kind, state }) => isWork(kind) && state === 'running');
    return {
      ...base,
      failures: recordedFailures(run),
      waits: [],
      survived: [],
      running: running.map(({ path }) => path),
      starting: [],
    };
  }
  const ended = endedBy(run, evidence);
  const { failures, survived } = failuresIn(run, evidence, ended);
  const waiting = active ? waitsIn(evidence) : { waits: [], starting: [], running: [] };
  const untold = failures.length === 0 && ended === undefined && run.state === 'failed';
  return {
    ...base,
    ...waiting,
    failures: untold ? [asTold(run, evidence)] : failures,
    survived,
    ...(ended === undefined ? {} : { ended: ended.finding }),
  };
}

/** A failure of which no step tells. */
function asTold(run: Run, { workflow }: RunEvidence): Finding {
  const [recorded] = recordedFailures(run);
  const message = workflow?.message ?? '';
  if (message === '' && recorded !== undefined) return recorded;
  const step = { phase: 'Failed', message, pods: [] };
  const task = { path: '', cached: false, attempts: [], artifactsFrom: {} };
  const known = hindranceOf({ step, part: 'program', task }, []);
  if (known !== undefined) return { ...known, kind: 'failed', path: undefined };
  return {
    kind: 'failed',
    path: undefined,
    cause: 'unknown',
    says: message === '' ? 'nothing that can be seen says why' : 'its workflow as a whole failed',
    next: 'Look at the run in the Kubeflow dashboard, or at its workflow with kubectl.',
    quotes: message === '' ? [] : [{ from: 'The workflow', text: message }],
  };
}
