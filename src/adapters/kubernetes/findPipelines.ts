import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import type { KubeApi } from './kubeApi.ts';
import type { Service } from './schema.ts';
import { findService, portOf, type ServicePort } from './services.ts';

const pipelinesService = 'ml-pipeline';
const pipelinesPort = 8888;
/** The namespace that an installation has unless somebody chose another. */
const usualNamespace = 'kubeflow';

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
