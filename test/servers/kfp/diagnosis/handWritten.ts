import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Struct } from '../struct.ts';
import type { WholeLife } from './diagnoseLife.ts';

const folder = path.join(import.meta.dirname, '..', '..', '..', 'recordings', 'kfp', 'lives');

/** What a hand-written life changes in a recorded one, in which the task `train-tree` fails. */
export interface Change {
  /** The end of the name of the node that fails instead of the task's own program: `.split-rows-driver`. */
  readonly node?: string;
  /** What the workflow says of the node; absent: nothing. */
  readonly message?: string;
  readonly phase?: string;
  readonly log?: string;
  /** What its pod printed before its container was started again. */
  readonly previousLog?: string;
  readonly pod?: {
    readonly status?: Struct;
    readonly spec?: Struct;
    readonly metadata?: Struct;
    readonly gone?: boolean;
  };
  /** Events of the pod: its type, reason and message. */
  readonly events?: readonly (readonly [type: string, reason: string, message: string])[];
  /** Tasks that came from the cache. */
  readonly cached?: readonly string[];
  readonly workflow?: { readonly spec?: Struct; readonly status?: Struct };
  readonly run?: Struct;
  /** Further nodes, by the end of their names. */
  readonly also?: { readonly [node: string]: Struct };
}

interface Node extends Struct {
  readonly id: string;
  readonly name: string;
}

interface Workflow extends Struct {
  readonly spec: Struct;
  readonly status: Struct & { readonly nodes: { readonly [id: string]: Node } };
}

/**
 * A life that was written by hand, since no server was recorded in it: the recorded life `user-exception` with another failure in
 * the same place, in the words of Kubernetes, Argo, the driver and the launcher.
 */
export function handWritten(name: string, change: Change): WholeLife {
  const life = JSON.parse(readFileSync(path.join(folder, 'user-exception.json'), 'utf8')) as WholeLife;
  const { node = '.root.train-tree.executor', log } = change;
  const workflow = changedWorkflow(life.workflow as Workflow, node, change);
  const last = life.moments.at(-1)!;
  const manifest = { workflow_manifest: JSON.stringify(workflow) };
  const own = Object.values(workflow.status.nodes).find((one) => one.name.endsWith(node))!;
  const driver = /([^.]+)-driver$/.exec(node)?.[1];
  const owner = driver === 'root' ? 'ROOT_DAG' : driver;
  const pods = (life.pods ?? []).flatMap((pod) => changedPod(pod as unknown as Pod, own, change));
  const podName = podOf(life, own);
  return {
    ...life,
    life: `${name} (written by hand)`,
    scene: owner === undefined ? { tasks: { 'train-tree': { log } } } : { drivers: { [owner]: { log } } },
    workflow,
    moments: [{ ...last, v2: { ...last.v2, ...change.run }, v1: { pipeline_runtime: manifest } }],
    pods: pods as unknown as NonNullable<WholeLife['pods']>,
    podHistory: [],
    ...(change.previousLog === undefined ? {} : { previousLogs: { [podName]: change.previousLog } }),
    events: (change.events ?? []).map(([type, reason, message], index) => ({
      metadata: { creationTimestamp: '2026-11-21T14:24:20Z' },
      involvedObject: { kind: 'Pod', name: podName },
      type,
      reason,
      message,
      count: 1,
      lastTimestamp: `2026-11-21T14:24:2${index}Z`,
    })),
  };
}

interface Pod extends Struct {
  readonly metadata: Struct & {
    readonly name: string;
    readonly annotations: { readonly [name: string]: string };
  };
  readonly spec: Struct;
  readonly status: Struct;
}

function podOf({ pods = [] }: WholeLife, { id, name }: Node): string {
  const found = (pods as unknown as readonly Pod[]).find((pod) => nodeOf(pod) === name);
  return found?.metadata.name ?? `pod-${id.split('-').at(-1)}`;
}

const nodeOf = ({ metadata }: Pod) => metadata.annotations['workflows.argoproj.io/node-name'];

function changedPod(pod: Pod, { name }: Node, { pod: to }: Change): readonly Pod[] {
  if (nodeOf(pod) !== name) return [pod];
  if (to === undefined || to.gone === true) return [];
  return [
    {
      ...pod,
      metadata: { ...pod.metadata, ...to.metadata },
      spec: { ...pod.spec, ...to.spec },
      status: to.status ?? { phase: 'Failed' },
    },
  ];
}

function changedWorkflow(workflow: Workflow, node: string, change: Change): Workflow {
  const { message, phase = 'Failed', cached = [], also = {} } = change;
  const nodes = Object.values(workflow.status.nodes).flatMap((one): readonly Node[] => {
    const { message: _said, ...rest } = one;
    if (one.name.endsWith(node)) return [{ ...rest, phase, ...(message === undefined ? {} : { message }) }];
    if (node !== '.root.train-tree.executor' && one.name.endsWith('.root.train-tree.executor')) return [];
    if (cached.some((task) => one.name.endsWith(`.root.${task}.executor`)))
      return [{ ...one, type: 'Skipped', phase: 'Skipped', message: "when 'true != true' evaluated false" }];
    const [, more] = Object.entries(also).find(([end]) => one.name.endsWith(end)) ?? [];
    return [{ ...one, ...more }];
  });
  return {
    ...workflow,
    spec: { ...workflow.spec, ...change.workflow?.spec },
    status: {
      ...workflow.status,
      ...change.workflow?.status,
      nodes: Object.fromEntries(nodes.map((one) => [one.id, one])),
    },
  };
}
