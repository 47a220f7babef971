import { own } from '../../core/domain/own.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import type { KubeApi } from './kubeApi.ts';
import { type Service, secret } from './schema.ts';
import { findService, type ServicePort } from './services.ts';

const pipelinesService = 'ml-pipeline';
const pipelinesPort = 8888;
/** The namespace that an installation has unless somebody chose another. */
const usualNamespace = 'kubeflow';

/** The object store that Kubeflow Pipelines writes to, and its login. */
export interface FoundStore {
  readonly service: ServicePort;
  readonly accessKey: string;
  readonly secretKey: string;
}

/**
 * Finds the Pipelines API in the cluster: in the likely namespaces (of the person, of the context, of most installations),
 * else wherever it is.
 */
export async function findPipelines(
  api: KubeApi,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<ServicePort> {
  const { name, namespace: own } = await api.context();
  const likely = new Set([namespace, own, usualNamespace].filter((one) => one !== undefined));
  const found =
    (await findService(api, pipelinesService, [...likely], signal)) ?? (await findAnywhere(api, signal));
  if (found !== undefined) return portOf(found, pipelinesPort);
  throw new MlopsError('notFound', `The cluster of the context ${asName(name)} has no Kubeflow Pipelines.`, {
    hint: `Its service ${pipelinesService} was not found, or you may not see it (looked in ${[...likely].join(', ')}).`,
  });
}

async function findAnywhere(api: KubeApi, signal: AbortSignal): Promise<Service | undefined> {
  try {
    return await findService(api, pipelinesService, 'all', signal);
  } catch (error) {
    if (error instanceof MlopsError && error.kind === 'forbidden') return undefined;
    throw error;
  }
}

/** The services that a store goes by: the name of every version, then those of the stores themselves. */
const storeServices = ['minio-service', 'seaweedfs', 'minio'];
const storeSecret = 'mlpipeline-minio-artifact';

/** Finds the store beside the Pipelines API. Undefined where there is none: it may be outside the cluster. */
export async function findStore(
  api: KubeApi,
  namespace: string,
  signal: AbortSignal,
): Promise<FoundStore | undefined> {
  for (const name of storeServices) {
    const found = await findService(api, name, [namespace], signal);
    if (found === undefined) continue;
    const { data } = await api.json(`/api/v1/namespaces/${namespace}/secrets/${storeSecret}`, secret, signal);
    const valueOf = (key: string) => Buffer.from(own(data ?? {}, key) ?? '', 'base64').toString('utf8');
    return {
      service: portOf(found, 9000),
      accessKey: valueOf('accesskey'),
      secretKey: valueOf('secretkey'),
    };
  }
  return undefined;
}

/** The port of a service that is usual for it, else the one called http, else its first. */
function portOf({ metadata, spec }: Service, usual: number): ServicePort {
  const ports = spec.ports ?? [];
  const chosen =
    ports.find(({ port }) => port === usual) ?? ports.find(({ name }) => name === 'http') ?? ports[0];
  return { namespace: metadata.namespace, service: metadata.name, port: chosen?.port ?? usual };
}
