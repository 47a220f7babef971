import { jsonOf, type KubeflowApi, part } from './api.ts';
import type { PodEvidence, WorkflowEvidence } from '../../core/ports/runEvidence.ts';
import { isCancelled } from '../../core/ports/mlopsError.ts';
import type * as z from 'zod';
import { runtime, workflow, type WorkflowNode } from './schema.ts';

/** A run's workflow: its state, and its nodes by name. */
export interface Workflow {
  readonly name: string;
  readonly state: WorkflowEvidence;
  readonly nodes: ReadonlyMap<string, WorkflowNode>;
  /** Its pods, where some step waits and they can be looked at. */
  readonly pods?: readonly PodEvidence[];
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
  const { nodes: told, artifactRepositoryRef: kept } = decoded.data.status ?? {};
  const bucket = kept?.artifactRepository?.s3?.bucket;
  const nodes = Object.values(told ?? {}).map((node) => ({ ...node, ...archivedLog(node, bucket) }));
  const name = decoded.data.metadata?.name;
  if (name === undefined) return undefined;
  return { name, state: stateOf(decoded.data), nodes: new Map(nodes.map((node) => [node.name, node])) };
}

function archivedLog(
  { outputs }: WorkflowNode,
  usual: string | undefined,
): Pick<WorkflowNode, 'archivedLog'> {
  const log = outputs?.artifacts.find(({ name }) => name === 'main-logs')?.s3;
  const { bucket = usual, key } = log ?? {};
  return bucket === undefined || key === undefined ? {} : { archivedLog: { bucket, key } };
}

function stateOf({ spec, status }: z.infer<typeof workflow>): WorkflowEvidence {
  const { phase, message } = status ?? {};
  const { activeDeadlineSeconds: deadlineSeconds, shutdown, suspend } = spec ?? {};
  return {
    ...(phase === undefined ? {} : { phase }),
    ...(message === undefined ? {} : { message }),
    ...(typeof deadlineSeconds === 'number' ? { deadlineSeconds } : {}),
    ...(typeof shutdown === 'string' ? { shutdown } : {}),
    suspended: suspend === true,
  };
}
