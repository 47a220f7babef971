/** Kinds that the cluster has beside its own: workflows, and how kwok's pods answer. */
export const customKinds: readonly object[] = [
  kind('argoproj.io', 'v1alpha1', 'Workflow', 'workflows'),
  kind('kubeflow.org', 'v1beta1', 'ScheduledWorkflow', 'scheduledworkflows'),
  kind('kwok.x-k8s.io', 'v1alpha1', 'Logs', 'logs'),
  kind('kwok.x-k8s.io', 'v1alpha1', 'PortForward', 'portforwards'),
];

function kind(group: string, version: string, name: string, plural: string): object {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: name, listKind: `${name}List`, plural, singular: name.toLowerCase() },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}
