import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';

/**
 * The network of the cluster: the API server reaches pods, services and kubelets through it. Whatever address a pod
 * has, its ports are those of the loopback, where the API server itself would refuse to go.
 */
export async function startEgress(socket: string): Promise<Server> {
  const server = createServer();
  server.on('connect', (request, client, head) => {
    const port = Number(request.url?.split(':').at(-1));
    const target = connect(port, '127.0.0.1');
    target.on('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) target.write(head);
      target.pipe(client);
      client.pipe(target);
    });
    const end = () => {
      target.destroy();
      client.destroy();
    };
    for (const one of [target, client]) one.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return server;
}

/** What makes an API server use it. */
export function egressConfig(socket: string): string {
  return JSON.stringify({
    apiVersion: 'apiserver.k8s.io/v1beta1',
    kind: 'EgressSelectorConfiguration',
    egressSelections: [
      {
        name: 'cluster',
        connection: { proxyProtocol: 'HTTPConnect', transport: { uds: { udsName: socket } } },
      },
    ],
  });
}
