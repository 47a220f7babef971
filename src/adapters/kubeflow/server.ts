import type { Remark } from '../../core/domain/pipeline.ts';
import type { KubeflowApi } from './api.ts';
import { health } from './schema.ts';

/** What runs are made on, in words, and why it cannot be used. */
export interface Server {
  readonly words: string;
  readonly blockers: readonly Remark[];
}

/** Asks the server what it is: "Kubeflow Pipelines 2.17.0 at 127.0.0.1:8888". */
export async function readServer(api: KubeflowApi, signal: AbortSignal): Promise<Server> {
  const told = await api.json({ path: '/apis/v2beta1/healthz' }, health, signal);
  const { address, where = `at ${new URL(address).host}` } = api.endpoint;
  const { tag_name: tag = 'unknown', multi_user: several = false } = told;
  const version = tag === 'unknown' ? '' : ` ${tag}`;
  const blocker: Remark = {
    what: 'multi_user',
    message: 'The server is for several users, each with a namespace.',
    hint: 'Name yours as `namespace` of the connection, in the setting mlops.connections.',
  };
  const { namespace } = api.endpoint;
  const whose = namespace === undefined ? '' : `, namespace ${namespace}`;
  const blockers = several && namespace === undefined ? [blocker] : [];
  return { words: `Kubeflow Pipelines${version} ${where}${whose}`, blockers };
}
