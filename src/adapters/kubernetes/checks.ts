import * as z from 'zod';
import type { ConnectionCheck, Finding } from '../../core/ports/connectionChecks.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import type { Cluster } from './cluster.ts';

/** What is done in a cluster, and what is missed where it is not allowed. */
const rights = [
  { what: 'read pods', resource: 'pods', verb: 'list' },
  { what: 'read logs of pods', resource: 'pods', subresource: 'log', verb: 'get' },
  { what: 'read events', resource: 'events', verb: 'list' },
  { what: 'follow workflows', resource: 'workflows', group: 'argoproj.io', verb: 'watch' },
] as const;

const health = z.looseObject({ tag_name: z.string().optional() });
const access = z.looseObject({ status: z.looseObject({ allowed: z.boolean() }) });

/** The steps of checking a cluster and Kubeflow Pipelines in it. They only read. */
export function clusterChecks(cluster: Cluster): readonly ConnectionCheck[] {
  return [
    { what: 'kubeconfig', check: () => kubeconfig(cluster) },
    { what: 'cluster', check: (signal) => apiServer(cluster, signal) },
    { what: 'Kubeflow Pipelines', check: (signal) => pipelines(cluster, signal) },
    { what: 'way to it', check: (signal) => way(cluster, signal) },
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

async function way({ pipelines: route }: Cluster, signal: AbortSignal): Promise<Finding> {
  const answer = await route.fetch(`${route.address}/apis/v2beta1/healthz`, { signal });
  const told = health.safeParse(await answer.json().catch(() => undefined));
  if (!answer.ok || !told.success)
    throw new MlopsError(
      'unsupported',
      `Its Pipelines API does not answer as it should (${answer.status}).`,
      {
        hint: 'The log of ml-pipeline says more.',
      },
    );
  const { tag_name: version = 'unknown' } = told.data;
  return {
    state: 'good',
    words: `Its Pipelines API answers${version === 'unknown' ? '' : ` (${version})`}.`,
  };
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
