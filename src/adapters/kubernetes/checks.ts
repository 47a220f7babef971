import * as z from 'zod';
import { clockFinding } from '../../core/connections/clockFinding.ts';
import type { ConnectionCheck, Finding } from '../../core/ports/connectionChecks.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import type { Cluster } from './cluster.ts';
import { kubeError } from './kubeErrors.ts';
import { type PipelinesHealth, readHealth } from './pipelinesHealth.ts';
import { textOf } from './send.ts';

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
  /** The API server's time, as its answers tell it. */
  date?: string | undefined;
}

/** The steps of checking a cluster and Kubeflow Pipelines in it. They only read. */
export function clusterChecks(cluster: Cluster): readonly ConnectionCheck[] {
  const seen: Seen = {};
  return [
    { what: 'kubeconfig', check: () => kubeconfig(cluster) },
    { what: 'cluster', check: (signal) => apiServer(cluster, seen, signal) },
    { what: 'clock', check: async () => clockFinding(seen.date, cluster.now()) },
    { what: 'Kubeflow Pipelines', check: (signal) => pipelines(cluster, signal) },
    { what: 'way to it', check: (signal) => way(cluster, seen, signal) },
    { what: 'namespace', check: async () => namespace(cluster, seen) },
    { what: 'sign-in', check: (signal) => signedIn(cluster, signal) },
    { what: 'kinds', check: (signal) => kinds(cluster, signal) },
    { what: 'rights', check: (signal) => allowed(cluster, signal) },
  ];
}

async function kubeconfig(cluster: Cluster): Promise<Finding> {
  const { name, server } = await cluster.context();
  return { state: 'good', words: `The context ${asName(name)} leads to ${server}.` };
}

/** Asks what every signed-in person may know. Credentials may be refused since the clocks differ. */
async function apiServer(cluster: Cluster, seen: Seen, signal: AbortSignal): Promise<Finding> {
  const answer = await cluster.api.open('/api', {}, signal);
  seen.date = answer.headers.date;
  const { statusCode = 500 } = answer;
  const text = (await textOf(answer, 1 << 20)) ?? '';
  if (statusCode === 401) {
    const clocks = clockFinding(seen.date, cluster.now());
    if (clocks.state === 'wrong') return throwWrong(clocks);
  }
  if (statusCode >= 300) throw kubeError(await cluster.api.context(), statusCode, text);
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

function throwWrong({ words, fix }: Finding): never {
  throw new MlopsError('auth', words, { hint: fix });
}

/** What Kubeflow Pipelines puts into a cluster beside its programs; each signed-in person may see that they are there. */
const customKinds = [
  { group: 'argoproj.io/v1alpha1', kind: 'workflows', without: 'no run can begin' },
  { group: 'kubeflow.org/v1beta1', kind: 'scheduledworkflows', without: 'no schedule can be made' },
] as const;

const resources = z.looseObject({ resources: z.array(z.looseObject({ name: z.string() })).default([]) });

async function kinds({ api }: Cluster, signal: AbortSignal): Promise<Finding> {
  const missing = await Promise.all(
    customKinds.map(async ({ group, kind, without }) => {
      const there = await api.json(`/apis/${group}`, resources, signal).catch((error: unknown) => {
        if (error instanceof MlopsError && error.kind === 'notFound') return undefined;
        throw error;
      });
      return there?.resources.some(({ name }) => name === kind) === true ? [] : [`${kind} (${without})`];
    }),
  );
  const names = missing.flat();
  if (names.length === 0)
    return { state: 'good', words: 'The cluster knows workflows and scheduled workflows.' };
  return {
    state: 'wrong',
    words: `The cluster does not know ${names.join(' and ')}.`,
    fix: 'Their definitions come with Kubeflow Pipelines: have it installed again, with its cluster-scoped resources.',
  };
}

/** Whether the Pipelines API takes the token that the cluster gives, or asks for none. */
async function signedIn(cluster: Cluster, signal: AbortSignal): Promise<Finding> {
  const { signIn } = cluster;
  const { fetch, address } = cluster.pipelines;
  const namespace = await cluster.namespace(signal);
  const headers = (await signIn?.headers(signal)) ?? {};
  const query = new URLSearchParams({ page_size: '1', namespace });
  const answer = await fetch(`${address}/apis/v2beta1/runs?${query.toString()}`, { headers, signal });
  await answer.body?.cancel();
  const isRefused = answer.status === 401 || answer.status === 403;
  if (!isRefused)
    return {
      state: 'good',
      words: signIn === undefined ? 'None is needed.' : 'The service account of the connection is accepted.',
    };
  throw (
    signIn?.refused(`Kubeflow Pipelines in ${namespace}`) ??
    new MlopsError('auth', 'Kubeflow Pipelines asks who you are, and the connection does not say it.', {
      hint: 'Set serviceAccount in its row of mlops.connections: in Kubeflow it is default-editor, in your own namespace.',
    })
  );
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
