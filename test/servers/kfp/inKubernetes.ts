import { podName, type WorkflowNode } from './nodes.ts';
import type { Struct } from './struct.ts';

/** What a run has in Kubernetes at a moment. */
export interface KubernetesSide {
  readonly pods: readonly PodNow[];
  readonly events: readonly Struct[];
}

export interface PodNow {
  readonly name: string;
  readonly labels: Struct;
  readonly annotations: Struct;
  readonly spec: Struct;
  readonly status: Struct;
  /** What its container `main` printed so far. */
  readonly log?: string;
}

/** What a recording has of a run's time in Kubernetes. */
export interface RecordedSide {
  readonly workflowName: string;
  readonly workflow: { readonly metadata: { readonly creationTimestamp: string } };
  readonly pods: readonly {
    readonly metadata: Struct & {
      readonly name?: string;
      readonly labels?: Struct;
      readonly annotations?: Struct;
    };
    readonly spec: Struct;
    readonly status: Struct;
  }[];
  /** How pods were at moments in seconds after the run was asked for. */
  readonly podHistory: readonly { readonly at: number; readonly pod: string; readonly status: Struct }[];
  readonly events: readonly Struct[];
}

/** The pods of a run's nodes as they are told. */
export function podsOfNodes(
  nodes: readonly WorkflowNode[],
  workflow: string,
  logOf: (node: WorkflowNode) => string | undefined,
): readonly PodNow[] {
  return nodes
    .filter(({ type }) => type === 'Pod')
    .map((node) => {
      const log = logOf(node);
      return {
        name: podName(node, workflow),
        labels: {},
        annotations: {
          'workflows.argoproj.io/node-id': node.id,
          'workflows.argoproj.io/node-name': node.name,
        },
        spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'python:3.12' }] },
        status: statusOf(node),
        ...(log === undefined ? {} : { log }),
      };
    });
}

function statusOf({ phase, startedAt, finishedAt, message }: WorkflowNode): Struct {
  const begun = new Date(startedAt).toISOString();
  const container = { name: 'main', image: 'python:3.12', imageID: '', restartCount: 0 };
  if (phase === 'Pending') return { phase: 'Pending' };
  if (phase === 'Running') {
    const running = { ...container, ready: true, state: { running: { startedAt: begun } } };
    return { phase, startTime: begun, containerStatuses: [running] };
  }
  const failed = phase !== 'Succeeded';
  const exitCode = failed ? Number(/exit code (\d+)/.exec(message ?? '')?.[1] ?? 1) : 0;
  const terminated = {
    exitCode,
    reason: failed ? 'Error' : 'Completed',
    startedAt: begun,
    finishedAt: new Date(finishedAt ?? startedAt).toISOString(),
  };
  const ended = { ...container, ready: false, state: { terminated } };
  return { phase: failed ? 'Failed' : 'Succeeded', startTime: begun, containerStatuses: [ended] };
}

/** The pods and events of a recorded life, so many milliseconds after it began, under the new workflow's name. */
export function recordedSide(life: RecordedSide, workflow: string, elapsed: number): KubernetesSide {
  const began = Date.parse(life.workflow.metadata.creationTimestamp);
  const known = (time: unknown) => typeof time === 'string' && Date.parse(time) - began <= elapsed;
  const renamed = (one: Struct) =>
    JSON.parse(JSON.stringify(one).replaceAll(life.workflowName, workflow)) as Struct;
  const pods = life.pods
    .filter(({ metadata }) => known(metadata['creationTimestamp']))
    .map((pod) => {
      const { name = '', labels = {}, annotations = {} } = pod.metadata;
      const status = ended(pod.status, known) ? pod.status : statusBefore(life, name, elapsed);
      return renamed({ name, labels, annotations, spec: pod.spec, status }) as unknown as PodNow;
    });
  const events = life.events.filter((event) => known(event['lastTimestamp'] ?? event['eventTime']));
  return { pods, events: events.map(renamed) };
}

/** A pod is as it was in the end from the moment on at which its last container ended, or was seen last. */
function ended(status: Struct, known: (time: unknown) => boolean): boolean {
  const times =
    JSON.stringify(status).match(/(?<="(?:finishedAt|startedAt|lastTransitionTime)":")[^"]+/g) ?? [];
  return times.every(known);
}

function statusBefore({ podHistory }: RecordedSide, pod: string, elapsed: number): Struct {
  const last = podHistory.findLast((one) => one.pod === pod && one.at * 1000 <= elapsed);
  return last?.status ?? { phase: 'Pending' };
}

/** The workflow as Argo has it: what the server tells of it, with the labels that controllers go by. */
export function workflowObject(manifest: string, name: string, run: string): Struct {
  const { metadata, status } = JSON.parse(manifest) as {
    readonly metadata: Struct;
    readonly status: Struct & { readonly phase?: string };
  };
  const { phase = 'Pending' } = status;
  const completed = phase !== 'Running' && phase !== 'Pending';
  const labels = {
    'pipeline/runid': run,
    'workflows.argoproj.io/completed': String(completed),
    'workflows.argoproj.io/phase': phase,
  };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { ...metadata, name, labels },
    spec: {},
    status,
  };
}
