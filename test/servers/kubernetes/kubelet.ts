/** Pods with this annotation live as their tests say; the others run as soon as they are there. */
export const ownLife = 'mlops.test/own-life';

/** The address of every pod: a cluster takes none of the loopback. */
export const podIP = '10.1.2.3';

const ready = ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

/** What kwok makes of nodes and pods, as documents of YAML. */
export function kubeletConfig(port: number): string {
  const stages = [nodeStage(port), podStage()];
  return stages.map((stage) => JSON.stringify(stage)).join('\n---\n');
}

function nodeStage(port: number): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name: 'node' },
    spec: {
      resourceRef: { apiGroup: 'v1', kind: 'Node' },
      selector: { matchExpressions: [{ key: '.status.phase', operator: 'NotIn', values: ['Running'] }] },
      next: {
        statusTemplate: [
          'addresses: [{type: InternalIP, address: 127.0.0.1}]',
          `daemonEndpoints: {kubeletEndpoint: {Port: ${port}}}`,
          'conditions: [{type: Ready, status: "True", lastHeartbeatTime: {{ Now | Quote }}, lastTransitionTime: {{ Now | Quote }}}]',
          'phase: Running',
        ].join('\n'),
      },
    },
  };
}

function podStage(): object {
  const conditions = ready.map(
    (type) => `{type: ${type}, status: "True", lastTransitionTime: {{ Now | Quote }}}`,
  );
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name: 'pod' },
    spec: {
      resourceRef: { apiGroup: 'v1', kind: 'Pod' },
      selector: {
        matchExpressions: [
          { key: '.status.phase', operator: 'In', values: ['Pending'] },
          { key: `.metadata.annotations["${ownLife}"]`, operator: 'DoesNotExist' },
        ],
      },
      next: {
        statusTemplate: [
          `conditions: [${conditions.join(', ')}]`,
          'containerStatuses:',
          '{{ range .spec.containers }}',
          '- {name: {{ .name | Quote }}, image: {{ .image | Quote }}, ready: true, restartCount: 0, state: {running: {startedAt: {{ Now | Quote }}}}}',
          '{{ end }}',
          `podIP: ${podIP}`,
          `podIPs: [{ip: ${podIP}}]`,
          'phase: Running',
          'startTime: {{ Now | Quote }}',
        ].join('\n'),
      },
    },
  };
}
