import { own } from '../domain/own.ts';
import { sameJson } from '../domain/json.ts';
import type { PackageSource } from '../domain/pipeline.ts';
import { MlopsError, toMlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import type { RunPlan } from './planRun.ts';

/**
 * The plan of a run after its Python file is compiled, which the person agreed to; the compiler is installed where
 * it is missing, as they were told. `again` makes the plan anew.
 */
export async function compiledPlan(
  backend: PipelineBackend,
  asked: RunPlan,
  again: () => Promise<RunPlan>,
  signal: AbortSignal,
): Promise<RunPlan> {
  await backend.approvals?.approve(asked.pipeline.id, signal);
  const plan = await again().catch(async (error: unknown) => {
    const { compiler } = backend;
    const missing = toMlopsError(error).kind === 'unsupported' && compiler !== undefined;
    if (!missing || (await compiler.isInstalled(signal))) throw error;
    await compiler.install(signal);
    return again();
  });
  if (plan.preparation.compiles === undefined) return plan;
  throw new MlopsError('conflict', `${plan.preparation.compiles} has changed since you were asked.`, {
    hint: 'Make the call again.',
  });
}

/** True when the run involves more than was shown: other values, more to install, or a task that will fail. */
export function showsMore(before: RunPlan, now: RunPlan): boolean {
  const values = Object.keys({ ...before.values, ...now.values });
  const { install: shown, sources } = before.preparation;
  const knows = (source: PackageSource) => sources.some(({ value }) => value === source.value);
  return (
    values.some((name) => !sameJson(own(before.values, name), own(now.values, name))) ||
    now.preparation.install.some((requirement) => !shown.includes(requirement)) ||
    !now.preparation.sources.every(knows) ||
    now.preparation.notes.some(({ what }) => what === 'unfilled_text')
  );
}
