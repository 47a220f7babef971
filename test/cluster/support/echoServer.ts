import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EchoServer {
  readonly port: number;
  /** How many connections were made to it. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A server on the loopback that says what it was asked; `/slow` begins an answer and never ends it. */
export async function startEcho(name: string): Promise<EchoServer> {
  let connections = 0;
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (request.url === '/missing') response.writeHead(404).end('{"message":"not here"}');
      else if (request.url === '/slow') response.write('begins');
      else
        response.end(`${name} ${request.method} ${request.url} ${Buffer.concat(pieces).toString()}`.trim());
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
