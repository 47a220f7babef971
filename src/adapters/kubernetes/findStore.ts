import { own } from '../../core/domain/own.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import type { KubeApi } from './kubeApi.ts';
import { secret } from './schema.ts';
import { findService, portOf, type ServicePort } from './services.ts';

/** The object store that Kubeflow Pipelines writes to, and its login. */
export interface FoundStore {
  readonly service: ServicePort;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Where a store is looked for. */
export interface StorePlace {
  /** The namespace of Kubeflow Pipelines. */
  readonly namespace: string;
  /** The namespace of the person's runs on a server for several users, whose keys come first. */
  readonly own?: string | undefined;
}

/** The services that a store goes by: the name of every version, then those of the stores themselves. */
const storeServices = ['minio-service', 'seaweedfs', 'minio'];
const storeSecret = 'mlpipeline-minio-artifact';
const storePort = 9000;

/**
 * Finds the store beside the Pipelines API. Undefined where there is none: it may be outside the cluster. Throws MlopsError
 * where its keys may not be read.
 */
export async function findStore(
  api: KubeApi,
  place: StorePlace,
  signal: AbortSignal,
): Promise<FoundStore | undefined> {
  for (const name of storeServices) {
    const found = await findService(api, name, [place.namespace], signal);
    if (found !== undefined)
      return { service: portOf(found, storePort), ...(await keysIn(api, place, signal)) };
  }
  return undefined;
}

async function keysIn(
  api: KubeApi,
  { namespace, own: mine = namespace }: StorePlace,
  signal: AbortSignal,
): Promise<Omit<FoundStore, 'service'>> {
  let refused: unknown;
  for (const one of new Set([mine, namespace])) {
    try {
      const { data } = await api.json(`/api/v1/namespaces/${one}/secrets/${storeSecret}`, secret, signal);
      const valueOf = (key: string) => Buffer.from(own(data ?? {}, key) ?? '', 'base64').toString('utf8');
      return { accessKey: valueOf('accesskey'), secretKey: valueOf('secretkey') };
    } catch (error) {
      if (!(error instanceof MlopsError) || (error.kind !== 'notFound' && error.kind !== 'forbidden'))
        throw error;
      refused ??= error;
    }
  }
  throw noKeys(mine, refused);
}

const nameAnother =
  'Add the store with MLOps: Add object store, and name it as "store" of this connection in the setting mlops.connections.';

function noKeys(namespace: string, cause: unknown): MlopsError {
  const isForbidden = cause instanceof MlopsError && cause.kind === 'forbidden';
  return new MlopsError(
    isForbidden ? 'forbidden' : 'notFound',
    isForbidden
      ? `You may not read the keys of the object store: the secret ${asName(storeSecret)} in ${asName(namespace)}.`
      : `The keys of the object store are missing: there is no secret ${asName(storeSecret)} in ${asName(namespace)}.`,
    { hint: nameAnother, cause },
  );
}

/** The cluster of a context has no store of its own. */
export function noStoreInside(context: string): MlopsError {
  return new MlopsError(
    'unsupported',
    `The cluster of the context ${asName(context)} has no object store beside Kubeflow Pipelines.`,
    { hint: `It may be outside the cluster. ${nameAnother}` },
  );
}

/** Tunnels are not allowed; the API server's proxy would take off the signature of a request. */
export function noTunnelToStore(context: string, cause: unknown): MlopsError {
  return new MlopsError(
    'forbidden',
    `The cluster of the context ${asName(context)} allows no port-forward, and its object store is reached by nothing else.`,
    { hint: `Ask whoever runs the cluster for the right to port-forward. Or: ${nameAnother}`, cause },
  );
}
