import * as z from 'zod';
import type { ConnectionCheck, Finding } from '../../core/ports/connectionChecks.ts';
import { asName } from '../../core/text/literal.ts';
import type { Cluster } from './cluster.ts';
import { type PipelinesHealth, readHealth } from './pipelinesHealth.ts';

/** What is done in a cluster, and what is missed where it is not allowed. */
const rights = [
  { what: 'read pods', resource: 'pods', verb: 'list' },
  { what: 'read logs of pods', resource: 'pods', subresource: 'log', verb: 'get' },
  { what: 'read events', resource: 'events', verb: 'list' },
  { what: 'follow workflows', resource: 'workflows', group: 'argoproj.io', verb: 'watch' },
] as const;

const access = z.looseObject({ status: z.looseObject({ allowed: z.boolean() }) });

/** What one step leaves for the next. */
interface Seen {
  health?: PipelinesHealth;
}

/** The steps of checking a cluster and Kubeflow Pipelines in it. They only read. */
export function clusterChecks(cluster: Cluster): readonly ConnectionCheck[] {
  const seen: Seen = {};
  return [
    { what: 'kubeconfig', check: () => kubeconfig(cluster) },
    { what: 'cluster', check: (signal) => apiServer(cluster, signal) },
    { what: 'Kubeflow Pipelines', check: (signal) => pipelines(cluster, signal) },
    { what: 'way to it', check: (signal) => way(cluster, seen, signal) },
    { what: 'namespace', check: async () => namespace(cluster, seen) },
    { what: 'rights', check: (signal) => allowed(cluster, signal) },
  ];
}

async function kubeconfig(cluster: Cluster): Promise<Finding> {
  const { name, server } = await cluster.context();
  return { state: 'good', words: `The context ${asName(name)} leads to ${server}.` };
}

/** Asks what every signed-in person may know. */
async function apiServer({ api }: Cluster, signal: AbortSignal): Promise<Finding> {
  await api.text('/api', signal);
  return { state: 'good', words: 'The cluster answers and takes your credentials.' };
}

async function pipelines(cluster: Cluster, signal: AbortSignal): Promise<Finding> {
  const { namespace } = await cluster.pipelines.target(signal);
  return { state: 'good', words: `Kubeflow Pipelines is in the namespace ${asName(namespace)}.` };
}

async function way({ pipelines: route }: Cluster, seen: Seen, signal: AbortSignal): Promise<Finding> {
  seen.health = await readHealth(route, signal);
  const { version } = seen.health;
  return {
    state: 'good',
    words: `Its Pipelines API answers${version === undefined ? '' : ` (${version})`}.`,
  };
}

function namespace({ ownNamespace: own }: Cluster, { health }: Seen): Finding {
  if (health?.severalUsers === true && own === undefined)
    return {
      state: 'wrong',
      words: 'The server is for several users, each with a namespace, and the connection names none.',
      fix: 'Set its namespace in mlops.connections: it is the one that the Kubeflow dashboard shows at the top.',
    };
  return { state: 'good', words: own === undefined ? 'None is needed.' : `It is ${asName(own)}.` };
}

async function allowed(cluster: Cluster, signal: AbortSignal): Promise<Finding> {
  const namespace = await cluster.namespace(signal);
  const answers = await Promise.all(
    rights.map(async ({ what, ...resourceAttributes }) => {
      const spec = { resourceAttributes: { namespace, ...resourceAttributes } };
      const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec };
      const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
      const { status } = await cluster.api.post(path, body, access, signal);
      return status.allowed ? [] : [what];
    }),
  );
  const missing = answers.flat();
  if (missing.length === 0)
    return { state: 'good', words: `You may read pods, logs and events in ${asName(namespace)}.` };
  return {
    state: 'wrong',
    words: `In ${asName(namespace)} you may not ${missing.join(', ')}.`,
    fix: 'Runs work without; ask whoever runs the cluster for these rights to see more of a failure.',
  };
}
