import { waitText } from '../../core/diagnosis/signs.ts';
import { isCancelled } from '../../core/ports/mlopsError.ts';
import type { PodEvidence } from '../../core/ports/runEvidence.ts';
import type { RunPods } from '../../core/ports/runPods.ts';
import { nodeEvidence, podsAt } from './nodeEvidence.ts';
import type { WorkflowNode } from './schema.ts';
import type { Workflow } from './workflow.ts';

/** What keeps the pod of a node from beginning, as its pod says it, else as the workflow does. */
export function waitOf(node: WorkflowNode, pods: readonly PodEvidence[]): string | undefined {
  return waitText({ ...nodeEvidence(node), pods: podsAt(node, pods) });
}

/** The workflow with the pods of the run where a step waits: they know sooner and more than the workflow. */
export async function withWaitingPods(
  workflow: Workflow | undefined,
  { run, pods }: { readonly run: string; readonly pods: RunPods | undefined },
  signal: AbortSignal,
): Promise<Workflow | undefined> {
  const waits = [...(workflow?.nodes.values() ?? [])].some(({ phase }) => phase === 'Pending');
  if (workflow === undefined || pods === undefined || !waits) return workflow;
  try {
    return { ...workflow, pods: await pods.now(run, signal) };
  } catch (error) {
    if (isCancelled(error)) throw error;
    // The workflow alone tells then.
    return workflow;
  }
}
