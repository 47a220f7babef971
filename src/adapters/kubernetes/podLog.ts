import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { KubeApi } from './kubeApi.ts';

/** A container of a pod, and which of its lives. */
export interface PodLogPlace {
  readonly namespace: string;
  readonly pod: string;
  /** Absent: `main`, which has a step's own program. */
  readonly container?: string;
  /** The container before the one that was started again in its place. */
  readonly previous?: boolean;
}

export interface PodLogPart {
  /** The last lines alone. */
  readonly tailLines?: number;
  readonly limitBytes?: number;
}

/** The log of a container. Undefined where its pod is gone, or no such container has begun. */
export async function readPodLog(
  api: KubeApi,
  place: PodLogPlace,
  part: PodLogPart,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { container = 'main', previous = false } = place;
  const query = { container, ...(previous ? { previous } : {}), ...part };
  try {
    return await api.text(pathOf(place), signal, query);
  } catch (error) {
    if (error instanceof MlopsError && (error.kind === 'notFound' || error.kind === 'invalid'))
      return undefined;
    throw error;
  }
}

/** The log of a container as it grows, from its beginning until the container ends or `signal` aborts. */
export async function followPodLog(
  api: KubeApi,
  place: PodLogPlace,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const { container = 'main' } = place;
  return api.stream(pathOf(place), signal, { container, follow: true });
}

function pathOf({ namespace, pod }: PodLogPlace): string {
  return `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
}
