import type { WorkflowNode } from './schema.ts';

/** The longest that a pod's name may be before its hash. */
const longestPrefix = 242;

/** The name of the pod of a workflow's node, as Argo makes it. */
export function podName(workflow: string, { id, name, templateName = '' }: WorkflowNode): string {
  if (name === workflow) return workflow;
  const prefix = `${workflow}-${templateName}`.slice(0, longestPrefix);
  return `${prefix}-${id.slice(workflow.length + 1)}`;
}
