import { jsonOf, type KubeflowApi, part } from './api.ts';
import { isCancelled } from '../../core/ports/mlopsError.ts';
import { runtime, workflow, type WorkflowNode } from './schema.ts';

/** The nodes of a run's workflow, by name. */
export interface Workflow {
  readonly name: string;
  readonly nodes: ReadonlyMap<string, WorkflowNode>;
}

/**
 * The workflow of a run, which v1beta1 alone tells. Undefined while none is reported, and where the server does not give it: a
 * run can be told without.
 */
export async function readWorkflow(
  api: KubeflowApi,
  id: string,
  signal: AbortSignal,
): Promise<Workflow | undefined> {
  try {
    const path = `/apis/v1beta1/runs/${part(id)}`;
    const { pipeline_runtime: told } = await api.json({ path }, runtime, signal);
    return workflowOf(told?.workflow_manifest);
  } catch (error) {
    if (isCancelled(error)) throw error;
    return undefined;
  }
}

function workflowOf(manifest: string | undefined): Workflow | undefined {
  const decoded = workflow.safeParse(jsonOf(manifest ?? ''));
  if (!decoded.success) return undefined;
  const nodes = Object.values(decoded.data.status?.nodes ?? {});
  const name = decoded.data.metadata?.name;
  if (name === undefined || nodes.length === 0) return undefined;
  return { name, nodes: new Map(nodes.map((node) => [node.name, node])) };
}
