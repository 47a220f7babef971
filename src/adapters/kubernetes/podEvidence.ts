import * as z from 'zod';
import type {
  ContainerEvidence,
  ContainerState,
  PodCondition,
  PodEvent,
  PodEvidence,
} from '../../core/ports/runEvidence.ts';

/** Pods and events as the Kubernetes API (v1) returns them. Unknown fields are let through unread. */

const text = z.string().nullish();
const time = z
  .string()
  .nullish()
  .transform((value) => {
    const at = Date.parse(value ?? '');
    return Number.isNaN(at) ? undefined : at;
  });

const told = z.looseObject({
  reason: text,
  message: text,
  exitCode: z.number().nullish(),
});

const state = z
  .looseObject({ waiting: told.nullish(), running: z.unknown().optional(), terminated: told.nullish() })
  .nullish();

const containerStatus = z.looseObject({ name: z.string(), image: text, state, lastState: state });

const container = z.looseObject({
  name: z.string(),
  image: text,
  resources: z
    .looseObject({ limits: z.record(z.string(), z.union([z.string(), z.number()])).nullish() })
    .nullish(),
});

const condition = z.looseObject({
  type: z.string(),
  status: z.string().default(''),
  reason: text,
  message: text,
});

const status = z
  .looseObject({
    phase: text,
    reason: text,
    message: text,
    conditions: z.array(condition).nullish(),
    initContainerStatuses: z.array(containerStatus).nullish(),
    containerStatuses: z.array(containerStatus).nullish(),
  })
  .nullish();

const pod = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    annotations: z.record(z.string(), z.string()).nullish(),
    deletionTimestamp: time,
  }),
  spec: z
    .looseObject({
      containers: z.array(container).nullish(),
      initContainers: z.array(container).nullish(),
      activeDeadlineSeconds: z.number().nullish(),
    })
    .nullish(),
  status,
});

const event = z.looseObject({
  metadata: z.looseObject({ creationTimestamp: time }).nullish(),
  involvedObject: z.looseObject({ kind: text, name: text }),
  type: text,
  reason: text,
  message: text,
  count: z.number().nullish(),
  series: z.looseObject({ count: z.number().nullish(), lastObservedTime: time }).nullish(),
  firstTimestamp: time,
  lastTimestamp: time,
  eventTime: time,
});

type Pod = z.infer<typeof pod>;
type Event = z.infer<typeof event>;
type Status = NonNullable<z.infer<typeof containerStatus>['state']>;

/** Pods with their events. What is not a pod or an event is left out; a pod of which only events are left has no phase. */
export function podEvidence(pods: readonly unknown[], events: readonly unknown[]): readonly PodEvidence[] {
  const byPod = Map.groupBy(
    events.flatMap((one) => decoded(event, one)).filter(({ involvedObject: { kind } }) => kind === 'Pod'),
    ({ involvedObject: { name } }) => name ?? '',
  );
  const known = pods.flatMap((one) => decoded(pod, one));
  const names = new Set(known.map(({ metadata }) => metadata.name));
  const gone = [...byPod.keys()].filter((name) => !names.has(name));
  return [
    ...known.map((one) => toEvidence(one, eventsOf(byPod.get(one.metadata.name)))),
    ...gone.map((name) => ({ name, conditions: [], containers: [], events: eventsOf(byPod.get(name)) })),
  ];
}

function decoded<S extends z.ZodType>(schema: S, value: unknown): readonly z.infer<S>[] {
  const result = schema.safeParse(value);
  return result.success ? [result.data] : [];
}

function toEvidence({ metadata, spec, status: now }: Pod, events: readonly PodEvent[]): PodEvidence {
  const annotations = metadata.annotations ?? {};
  return {
    name: metadata.name,
    ...given('node', annotations['workflows.argoproj.io/node-name']),
    ...given('nodeId', annotations['workflows.argoproj.io/node-id']),
    ...given('deletedAt', metadata.deletionTimestamp),
    ...given('deadlineSeconds', spec?.activeDeadlineSeconds),
    ...statusOf(now ?? {}),
    containers: [
      ...containersOf(spec?.initContainers, now?.initContainerStatuses, true),
      ...containersOf(spec?.containers, now?.containerStatuses, false),
    ],
    events,
  };
}

function statusOf({
  phase,
  reason,
  message,
  conditions,
}: Pick<NonNullable<Pod['status']>, 'phase' | 'reason' | 'message' | 'conditions'>) {
  return {
    ...given('phase', phase),
    ...given('reason', reason),
    ...given('message', message),
    conditions: (conditions ?? []).map(toCondition),
  };
}

/** A field that may be missing or null. */
function given<K extends string, V>(name: K, value: V | null | undefined): { readonly [P in K]?: V } {
  return (value === undefined || value === null ? {} : { [name]: value }) as { readonly [P in K]?: V };
}

function toCondition({ type, status: holds, reason, message }: z.infer<typeof condition>): PodCondition {
  return { type, status: holds, ...given('reason', reason), ...given('message', message) };
}

function containersOf(
  specs: readonly z.infer<typeof container>[] | null | undefined,
  statuses: readonly z.infer<typeof containerStatus>[] | null | undefined,
  init: boolean,
): readonly ContainerEvidence[] {
  const names = new Set([...(specs ?? []), ...(statuses ?? [])].map(({ name }) => name));
  return [...names].map((name) => {
    const spec = specs?.find((one) => one.name === name);
    const now = statuses?.find((one) => one.name === name);
    const limit = spec?.resources?.limits?.['memory'];
    return {
      name,
      init,
      ...given('image', spec?.image ?? now?.image),
      ...given('memoryLimit', limit === undefined ? undefined : String(limit)),
      ...given('state', stateOf(now?.state)),
      ...given('last', stateOf(now?.lastState)),
    };
  });
}

function stateOf(now: Status | null | undefined): ContainerState | undefined {
  if (now?.terminated) return toState('terminated', now.terminated);
  if (now?.waiting) return toState('waiting', now.waiting);
  return now?.running ? { kind: 'running' } : undefined;
}

function toState(
  kind: ContainerState['kind'],
  { reason, message, exitCode }: z.infer<typeof told>,
): ContainerState {
  return { kind, ...given('reason', reason), ...given('message', message), ...given('exitCode', exitCode) };
}

function eventsOf(events: readonly Event[] = []): readonly PodEvent[] {
  const rows = events.map((one) => ({
    warning: one.type === 'Warning',
    reason: one.reason ?? '',
    message: one.message ?? '',
    times: one.series?.count ?? one.count ?? 1,
    ...given(
      'at',
      one.series?.lastObservedTime ??
        one.lastTimestamp ??
        one.eventTime ??
        one.firstTimestamp ??
        one.metadata?.creationTimestamp,
    ),
  }));
  return rows.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
}
