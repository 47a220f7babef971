import type { ClusterPlace } from './place.ts';

/** A kubeconfig for a cluster, as the YAML that JSON is. The person is the admin unless `user` says otherwise. */
export function kubeconfig(
  { server, ca, admin }: ClusterPlace,
  {
    user = { token: admin },
    namespace = 'kubeflow',
    context = 'test',
    by = server,
  }: {
    readonly user?: object;
    readonly namespace?: string;
    readonly context?: string;
    readonly by?: string;
  } = {},
): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: by, 'certificate-authority': ca } }],
    users: [{ name: 'person', user }],
    contexts: [{ name: context, context: { cluster: 'test', user: 'person', namespace } }],
    'current-context': context,
  });
}
