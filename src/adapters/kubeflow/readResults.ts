import { isActive, type RunId } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import { leafOf, type Results, withResults } from './results.ts';
import { type KnownRun, knownState, parametersOf, tasksOf } from './runs.ts';
import { pythonOf, type TaskFacts } from './taskFacts.ts';
import type { Workflow } from './workflow.ts';

/** The tasks of a run with what they read and wrote. */
export async function readResults(
  known: KnownRun,
  workflow: Workflow | undefined,
  facts: TaskFacts,
  signal: AbortSignal,
): Promise<Results> {
  const told = tasksOf(known, workflow);
  if (known.stored?.kind !== 'spec') return { told, outputs: {}, untold: [] };
  const { spec } = known.stored.specification;
  const final = !isActive(knownState(known));
  const asked = { run: known.run.run_id as RunId, told, spec, parameters: parametersOf(known), final };
  return withResults(asked, facts, signal);
}

/** The Python of a task as it ran. */
export function sourceIn(known: KnownRun, workflow: Workflow | undefined, task: string): string {
  const told = tasksOf(known, workflow).find((one) => one.run.path === task);
  const leaf = known.stored?.kind === 'spec' ? leafOf(known.stored.specification.spec, task) : undefined;
  const ran = told !== undefined && !told.cached && leaf !== undefined;
  const source = ran ? pythonOf(leaf)?.source : undefined;
  if (source !== undefined) return source;
  throw new MlopsError('notFound', `There is no source of ${asName(task)} in this run.`);
}
