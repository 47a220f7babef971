import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { KubeflowApi } from './api.ts';
import { type ApiPipeline, pipelineList } from './schema.ts';

/** Some pipelines of a server, by name. */
export interface ServerPage {
  readonly pipelines: readonly ApiPipeline[];
  /** The token of the next page. */
  readonly next?: string;
  /** How many there are in all, where that is known. */
  readonly total?: number;
}

/** Begins a token of the pipelines that all users share; the server's own tokens have no dot. */
const shared = 'shared.';

/**
 * One page of pipelines: those of the connection's namespace, and after them those that a server for several users shares
 * among all. Without a namespace, all that the server lists.
 */
export async function pipelinePage(
  api: KubeflowApi,
  token: string | undefined,
  size: number,
  signal: AbortSignal,
): Promise<ServerPage> {
  if (token?.startsWith(shared) === true) return sharedPage(api, token.slice(shared.length), size, signal);
  const { namespace } = api.endpoint;
  const page = await read(api, { token, size, namespace }, signal);
  // A server for one user lists the same whatever namespace it is asked for.
  const hasOthers = namespace !== undefined && page.pipelines.every((one) => one.namespace);
  if (page.next !== undefined || !hasOthers) return page;
  const room = size - page.pipelines.length;
  if (room === 0) return { pipelines: page.pipelines, next: shared };
  const others = await sharedPage(api, '', room, signal);
  const { total: own = 0 } = page;
  return {
    ...others,
    pipelines: [...page.pipelines, ...others.pipelines],
    ...(others.total === undefined ? {} : { total: own + others.total }),
  };
}

/** The pipelines of no namespace; none where the server does not show them. */
async function sharedPage(
  api: KubeflowApi,
  token: string,
  size: number,
  signal: AbortSignal,
): Promise<ServerPage> {
  try {
    const asked = { token: token === '' ? undefined : token, size, namespace: undefined };
    const { next, ...page } = await read(api, asked, signal);
    return next === undefined ? page : { ...page, next: `${shared}${next}` };
  } catch (error) {
    if (error instanceof MlopsError && ['forbidden', 'invalid'].includes(error.kind))
      return { pipelines: [] };
    throw error;
  }
}

interface Asked {
  readonly token: string | undefined;
  readonly size: number;
  readonly namespace: string | undefined;
}

async function read(
  api: KubeflowApi,
  { token, size, namespace }: Asked,
  signal: AbortSignal,
): Promise<ServerPage> {
  const query = { page_size: String(size), sort_by: 'name', page_token: token, namespace };
  const request = { path: '/apis/v2beta1/pipelines', query };
  const {
    pipelines,
    next_page_token: next,
    total_size: total,
  } = await api.json(request, pipelineList, signal);
  return {
    pipelines,
    ...(next === undefined || next === '' ? {} : { next }),
    ...(total === undefined ? {} : { total }),
  };
}
