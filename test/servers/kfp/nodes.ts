import type { Struct } from './struct.ts';

/** A node of Argo's workflow as a client reads it from the manifest. */
export interface WorkflowNode {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly type: 'DAG' | 'Pod' | 'TaskGroup' | 'Retry' | 'Skipped';
  readonly templateName: string;
  readonly boundaryID?: string;
  readonly phase: string;
  readonly message?: string;
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly children: readonly string[];
  readonly outputs?: Struct;
}

/** A node that will be: when it begins and ends, and how. A start that never comes is infinite. */
export interface PlannedNode extends Omit<WorkflowNode, 'phase' | 'startedAt' | 'finishedAt' | 'children'> {
  readonly start: number;
  readonly end: number;
  readonly outcome: 'Succeeded' | 'Failed' | 'Skipped' | 'Omitted';
  /** What its container prints. */
  readonly log?: string;
  /** The ids of the nodes that follow from it. */
  readonly next?: readonly string[];
  /** What it gives to those that follow. */
  readonly outputs?: Struct;
  /** Why it waits, from its start to its end. */
  readonly waiting?: string;
}

/** The id of a node, which is made from its name with a hash as Argo does it. */
export function nodeId(workflow: string, name: string): string {
  if (name === workflow) return workflow;
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return `${workflow}-${hash}`;
}

/** The name of a node's pod. */
export function podName({ id, templateName }: WorkflowNode, workflow: string): string {
  return `${workflow}-${templateName}${id.slice(workflow.length)}`;
}

/** The nodes of a plan that exist at a time. */
export function nodesAt(plan: readonly PlannedNode[], now: number, step: number): readonly WorkflowNode[] {
  const there = plan.filter(({ start }) => start <= now);
  const ids = new Set(there.map(({ id }) => id));
  return there.map(({ start, end, outcome, message, log: _log, next = [], waiting, outputs, ...node }) => {
    const children = next.filter((id) => ids.has(id));
    if (end <= now) {
      const left = outcome === 'Omitted' || outcome === 'Skipped';
      return {
        ...node,
        type: left ? 'Skipped' : node.type,
        phase: outcome,
        ...(message === undefined ? {} : { message }),
        startedAt: start,
        finishedAt: end,
        ...(outputs === undefined ? {} : { outputs }),
        children,
      };
    }
    const waits = node.type === 'Pod' && (waiting !== undefined || now < start + step / 4);
    const why = waiting === undefined ? {} : { message: waiting };
    return { ...node, phase: waits ? 'Pending' : 'Running', ...why, startedAt: start, children };
  });
}
