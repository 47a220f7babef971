import { readFile } from 'node:fs/promises';
import { recordedSide, type RecordedSide } from './inKubernetes.ts';
import { PlannedLife } from './life.ts';
import type { PlannedNode, WorkflowNode } from './nodes.ts';
import type { Act, Scene } from './scene.ts';
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
export interface RecordedLife extends RecordedSide {
  readonly life: string;
  readonly pipeline: string;
  /** What its containers were told to do. */
  readonly scene: { readonly tasks?: { readonly [task: string]: Act | readonly Act[] } };
  readonly workflow: Workflow;
  readonly workflowMid?: Workflow;
  readonly calls: readonly { readonly at: number; readonly request: { readonly path: string } }[];
  readonly moments: readonly { readonly at: number; readonly v2: { readonly state?: string } }[];
}

/** Reads a recorded life. */
export async function readLife(file: string): Promise<RecordedLife> {
  return JSON.parse(await readFile(file, 'utf8')) as RecordedLife;
}

/**
 * Plays a recorded life for a new run: its nodes begin and end when they did, `times` as fast. `working` is what tasks write of
 * which the record says nothing but that they worked.
 */
export function playLife(
  life: RecordedLife,
  run: NewRun,
  now: number,
  times = 1,
  working: Scene = {},
): PlannedLife {
  const { creationTimestamp } = life.workflow.metadata;
  const since = Date.parse(creationTimestamp);
  const at = (time: string) => now + (Date.parse(time) - since) / times;
  const canceling = life.calls.find(({ request }) => request.path.endsWith(':terminate'))?.at;
  const scene = { tasks: { ...working.tasks, ...sceneOf(life) } };
  return new PlannedLife({
    pipeline: run.name,
    spec: run.spec,
    createdAt: now,
    step: 1000 / times,
    scene,
    handing: { run: run.id, parameters: run.parameters },
    plan: (workflow) =>
      Object.values(life.workflow.status.nodes).map((node) => toPlanned(node, { life, scene, workflow, at })),
    inKubernetes: (workflow, at) => recordedSide(life, workflow, (at - now) * times),
    ...(canceling === undefined ? {} : { canceledAt: now + (canceling * 1000) / times }),
  });
}

function toPlanned(
  { startedAt, finishedAt, children = [], phase, ...node }: RecordedNode,
  {
    life,
    scene,
    workflow,
    at,
  }: {
    readonly life: RecordedLife;
    readonly scene: Scene;
    readonly workflow: string;
    readonly at: (time: string) => number;
  },
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
    end: finishedAt === null ? endless(phase, life, at) : at(finishedAt),
    outcome: outcomes[phase] ?? 'Failed',
    next: children.map(renamed),
    log: logOf(name, phase, scene),
  };
}

/** Of a pod that was cut off no end may be told: it ended with its run at the latest. */
function endless(
  phase: string,
  { workflow, workflowName }: RecordedLife,
  at: (time: string) => number,
): number {
  const { finishedAt } = Object.values(workflow.status.nodes).find(({ name }) => name === workflowName) ?? {};
  const over = phase !== 'Running' && phase !== 'Pending';
  return over && typeof finishedAt === 'string' ? at(finishedAt) : Infinity;
}

function sceneOf({ scene }: RecordedLife): { readonly [task: string]: readonly Act[] } {
  const tasks = Object.entries(scene.tasks ?? {});
  return Object.fromEntries(tasks.map(([task, acts]) => [task, Array.isArray(acts) ? acts : [acts]]));
}

/** What the container of a node printed. */
function logOf(node: string, phase: string, { tasks = {} }: Scene): string {
  const [, task = '', index = '0'] = /\.([^.]+)\.executor(?:\((\d+)\))?$/.exec(node) ?? [];
  const acts = (tasks[task] ?? []).filter((act) => (act.do === 'ok') === (phase === 'Succeeded'));
  return (acts[Number(index)] ?? acts.at(-1))?.log ?? 'hello\nworld\n';
}

const outcomes: { readonly [phase: string]: PlannedNode['outcome'] } = {
  Succeeded: 'Succeeded',
  Skipped: 'Skipped',
  Omitted: 'Omitted',
};
