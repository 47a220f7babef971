import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { KubeApi } from './kubeApi.ts';
import { type KubeEvent, events as eventList, type Pod, pods as podList } from './schema.ts';

/** Where a run's pods are. */
export interface RunPlace {
  readonly namespace: string;
  readonly run: string;
}

/** A list, and whether there was more than is read of it. */
export interface Bounded<T> {
  readonly items: readonly T[];
  readonly more: boolean;
}

const pageSize = 500;
const mostPods = 10_000;
const mostEvents = 20_000;

/** The pods of a run that are still there, as Kubernetes tells them. */
export function podsOfRun(
  api: KubeApi,
  { namespace, run }: RunPlace,
  signal: AbortSignal,
): Promise<Bounded<Pod>> {
  const page = (from: string | undefined) =>
    api.json(`/api/v1/namespaces/${namespace}/pods`, podList, signal, {
      labelSelector: `pipeline/runid=${run}`,
      limit: pageSize,
      continue: from,
    });
  return everyPage(page, mostPods);
}

/** One pod; undefined where it is gone. */
export async function podNamed(
  api: KubeApi,
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<Pod | undefined> {
  const { items } = await api.json(`/api/v1/namespaces/${namespace}/pods`, podList, signal, {
    fieldSelector: `metadata.name=${name}`,
  });
  return items?.[0];
}

/**
 * The events about things of a workflow: the workflow itself and its pods, those that are gone as well. A cluster keeps
 * events for an hour.
 */
export async function eventsOfWorkflow(
  api: KubeApi,
  { namespace, workflow }: { readonly namespace: string; readonly workflow: string },
  signal: AbortSignal,
): Promise<Bounded<KubeEvent>> {
  const page = (from: string | undefined) =>
    api.json(`/api/v1/namespaces/${namespace}/events`, eventList, signal, {
      limit: pageSize,
      continue: from,
    });
  const { items, more } = await everyPage(page, mostEvents);
  const isOf = (name: string) => name === workflow || name.startsWith(`${workflow}-`);
  return { items: items.filter(({ involvedObject }) => isOf(involvedObject?.name ?? '')), more };
}

interface Page<T> {
  readonly items?: readonly T[] | null | undefined;
  readonly metadata?: { readonly continue?: string | null | undefined } | null | undefined;
}

async function everyPage<T>(
  page: (from: string | undefined) => Promise<Page<T>>,
  most: number,
): Promise<Bounded<T>> {
  const items: T[] = [];
  for (let from: string | undefined; ;) {
    const { items: more, metadata } = await nextPage(page, from);
    items.push(...(more ?? []));
    const next = metadata?.continue ?? '';
    if (next === '' || items.length >= most) return { items, more: next !== '' };
    from = next;
  }
}

/** A page after one that has grown too old; what was read so far stays. */
async function nextPage<T>(
  page: (from: string | undefined) => Promise<Page<T>>,
  from: string | undefined,
): Promise<Page<T>> {
  try {
    return await page(from);
  } catch (error) {
    const expired = from !== undefined && error instanceof MlopsError && error.kind === 'conflict';
    if (!expired) throw error;
    return {};
  }
}
