import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import type { KubeApi } from './kubeApi.ts';
import { type Pod, pods as podList, type Service, service as serviceSchema, services } from './schema.ts';
import type { PodPort } from './tunnel.ts';

/** A port of a service in the cluster. */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/** The service of a name in a namespace, or wherever it is. Undefined where there is none that may be seen. */
export async function findService(
  api: KubeApi,
  name: string,
  namespaces: readonly string[] | 'all',
  signal: AbortSignal,
): Promise<Service | undefined> {
  if (namespaces === 'all') {
    const found = await api.json('/api/v1/services', services, signal, {
      fieldSelector: `metadata.name=${name}`,
    });
    return found.items?.[0];
  }
  for (const namespace of namespaces) {
    try {
      return await api.json(`/api/v1/namespaces/${namespace}/services/${name}`, serviceSchema, signal);
    } catch (error) {
      if (!(error instanceof MlopsError) || (error.kind !== 'notFound' && error.kind !== 'forbidden'))
        throw error;
    }
  }
  return undefined;
}

/** The port of a service that is usual for it, else the one called http, else its first. */
export function portOf({ metadata, spec }: Service, usual: number): ServicePort {
  const ports = spec.ports ?? [];
  const chosen =
    ports.find(({ port }) => port === usual) ?? ports.find(({ name }) => name === 'http') ?? ports[0];
  return { namespace: metadata.namespace, service: metadata.name, port: chosen?.port ?? usual };
}

/** The first pod behind a service that is ready, and its port. */
export async function podBehind(
  api: KubeApi,
  { namespace, service: name, port }: ServicePort,
  signal: AbortSignal,
): Promise<PodPort> {
  const found = await api.json(`/api/v1/namespaces/${namespace}/services/${name}`, serviceSchema, signal);
  const selector = Object.entries(found.spec.selector ?? {});
  if (selector.length === 0)
    throw new MlopsError('unsupported', `The service ${asName(name)} names no pods of its own.`, {
      hint: 'Use an endpoint for this connection instead of the kube context.',
    });
  const { items } = await api.json(`/api/v1/namespaces/${namespace}/pods`, podList, signal, {
    labelSelector: selector.map(([key, value]) => `${key}=${value}`).join(','),
  });
  const ready = (items ?? []).find(isReady);
  if (ready === undefined)
    throw new MlopsError(
      'unreachable',
      `No pod of the service ${asName(name)} in ${asName(namespace)} is ready.`,
      {
        hint: `See what hinders it: kubectl get pods -n ${namespace}.`,
      },
    );
  return { namespace, pod: ready.metadata.name, port: targetPort(found, port, ready) };
}

function isReady({ status }: Pod): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;
}

function targetPort({ spec }: Service, port: number, pod: Pod): number {
  const target = spec.ports?.find((one) => one.port === port)?.targetPort ?? port;
  if (typeof target === 'number') return target;
  const ports = pod.spec.containers.flatMap((container) => container.ports ?? []);
  return ports.find(({ name }) => name === target)?.containerPort ?? port;
}
