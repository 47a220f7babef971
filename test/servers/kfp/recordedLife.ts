import { readFile } from 'node:fs/promises';
import { PlannedLife } from './life.ts';
import type { PlannedNode, WorkflowNode } from './nodes.ts';
import type { NewRun } from './server.ts';

interface RecordedNode extends Omit<WorkflowNode, 'startedAt' | 'finishedAt' | 'children'> {
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly children?: readonly string[];
}

interface Workflow {
  readonly metadata: { readonly creationTimestamp: string };
  readonly status: { readonly nodes: { readonly [id: string]: RecordedNode } };
}

/** The life of a run as it was recorded. */
export interface RecordedLife {
  readonly life: string;
  readonly pipeline: string;
  readonly workflowName: string;
  readonly workflow: Workflow;
  readonly workflowMid?: Workflow;
  readonly calls: readonly { readonly at: number; readonly request: { readonly path: string } }[];
  readonly moments: readonly { readonly at: number; readonly v2: { readonly state?: string } }[];
}

/** Reads a recorded life. */
export async function readLife(file: string): Promise<RecordedLife> {
  return JSON.parse(await readFile(file, 'utf8')) as RecordedLife;
}

/** Plays a recorded life for a new run: its nodes begin and end when they did, `times` as fast. */
export function playLife(life: RecordedLife, run: NewRun, now: number, times = 1): PlannedLife {
  const { creationTimestamp } = life.workflow.metadata;
  const since = Date.parse(creationTimestamp);
  const at = (time: string) => now + (Date.parse(time) - since) / times;
  const canceling = life.calls.find(({ request }) => request.path.endsWith(':terminate'))?.at;
  return new PlannedLife({
    pipeline: run.name,
    spec: run.spec,
    createdAt: now,
    step: 1000 / times,
    scene: {},
    plan: (workflow) =>
      Object.values(life.workflow.status.nodes).map((node) => toPlanned(node, { life, workflow, at })),
    ...(canceling === undefined ? {} : { canceledAt: now + (canceling * 1000) / times }),
  });
}

function toPlanned(
  { startedAt, finishedAt, children = [], phase, ...node }: RecordedNode,
  {
    life,
    workflow,
    at,
  }: { readonly life: RecordedLife; readonly workflow: string; readonly at: (time: string) => number },
): PlannedNode {
  const renamed = (text: string) => text.replace(life.workflowName, workflow);
  const { id, name, displayName, type, templateName, boundaryID, message } = node;
  const waited = life.workflowMid?.status.nodes[id];
  return {
    id: renamed(id),
    name: renamed(name),
    displayName: renamed(displayName),
    type,
    templateName,
    ...(boundaryID === undefined ? {} : { boundaryID: renamed(boundaryID) }),
    ...(message === undefined ? {} : { message }),
    ...(waited?.phase === 'Pending' && waited.message !== undefined ? { waiting: waited.message } : {}),
    start: at(startedAt),
    end: finishedAt === null ? Infinity : at(finishedAt),
    outcome: outcomes[phase] ?? 'Failed',
    next: children.map(renamed),
    log: 'hello\nworld\n',
  };
}

const outcomes: { readonly [phase: string]: PlannedNode['outcome'] } = {
  Succeeded: 'Succeeded',
  Skipped: 'Skipped',
  Omitted: 'Omitted',
};
