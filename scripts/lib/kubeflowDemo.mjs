// The stand-in for a Kubeflow Pipelines server that --kubeflow starts beside the editor.

/** Starts it and gives the setting that connects to it. */
export async function startKubeflowDemo() {
  const { startDemo } = await import('../../test/servers/kfp/demo.ts');
  const server = await startDemo();
  return {
    settings: {
      'mlops.connections': [{ name: 'Cluster', kind: 'kubeflow', endpoint: server.address }],
    },
    address: server.address,
    stop: () => server.close(),
  };
}
