import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of a Kubernetes API server as leads to Kubeflow Pipelines in it, for tests that need no cluster. */
export interface Door {
  /** The address of the API server, for a kubeconfig. */
  readonly address: string;
  /** The requests that came, such as `GET /api`. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

const service = '/api/v1/namespaces/kubeflow/services/ml-pipeline';
const proxy = '/api/v1/namespaces/kubeflow/services/http:ml-pipeline:8888/proxy';

/** Starts one with Pipelines at `upstream`. It allows everything but tunnels, so that its proxy for services is used. */
export async function startDoor({ upstream }: { readonly upstream: string }): Promise<Door> {
  const calls: string[] = [];
  const server = http.createServer((request, response) => {
    const { method = 'GET', url = '/' } = request;
    calls.push(`${method} ${url}`);
    if (url.startsWith(proxy)) passOn(new URL(url.slice(proxy.length), upstream), request, response);
    else {
      const body = answers[url] ?? { kind: 'Status', message: `no ${url}` };
      response.writeHead(url in answers ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    }
  });
  server.on('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

const pod = {
  metadata: { name: 'ml-pipeline-1', namespace: 'kubeflow' },
  spec: { containers: [{ name: 'main' }] },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
};

const answers: { readonly [url: string]: object } = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis/argoproj.io/v1alpha1': { resources: [{ name: 'workflows' }] },
  '/apis/kubeflow.org/v1beta1': { resources: [{ name: 'scheduledworkflows' }] },
  [service]: {
    metadata: { name: 'ml-pipeline', namespace: 'kubeflow' },
    spec: { selector: { app: 'ml-pipeline' }, ports: [{ name: 'http', port: 8888 }] },
  },
  '/api/v1/namespaces/kubeflow/pods?labelSelector=app%3Dml-pipeline': { metadata: {}, items: [pod] },
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': { status: { allowed: true } },
};

function passOn(url: URL, request: http.IncomingMessage, response: http.ServerResponse): void {
  const { method, headers } = request;
  const passed = http.request(url, { method, headers: { ...headers, host: url.host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy());
  request.pipe(passed);
}
