import type { NodeEvidence, PodEvidence } from '../../core/ports/runEvidence.ts';
import type { WorkflowNode } from './schema.ts';
import { timeOf } from './times.ts';

/** What a node of a workflow tells of itself. */
export function nodeEvidence({
  phase = 'Pending',
  message = '',
  startedAt,
  finishedAt,
}: WorkflowNode): NodeEvidence {
  const [start, end] = [timeOf(startedAt), timeOf(finishedAt)];
  return {
    phase,
    message,
    ...(start === undefined ? {} : { startedAt: start }),
    ...(end === undefined ? {} : { endedAt: end }),
  };
}

/** The pods of a node: by their annotations, else by the number that both names end with. */
export function podsAt({ id, name }: WorkflowNode, pods: readonly PodEvidence[]): readonly PodEvidence[] {
  const hash = /-(\d+)$/.exec(id)?.[1];
  return pods.filter((pod) => {
    if (pod.node !== undefined || pod.nodeId !== undefined) return pod.node === name || pod.nodeId === id;
    return hash !== undefined && pod.name.endsWith(`-${hash}`);
  });
}
