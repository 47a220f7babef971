import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to one request. `lost`: it does not arrive. `unanswered`: it is worked on, and the connection is cut before the answer.
 * `half`: half of the answer arrives. `silent`: nothing ever comes. A status is an answer of a gateway's, without the server.
 */
export type Fault =
  | 'lost'
  | 'unanswered'
  | 'half'
  | 'silent'
  | {
      readonly status: number;
      readonly headers?: { readonly [name: string]: string };
      readonly body?: string;
    };

export interface FaultProxy {
  /** `http://127.0.0.1:40123`. */
  readonly address: string;
  /** Every request that came, as `METHOD /path`. */
  readonly calls: readonly string[];
  /** What happens to the next requests that fit, one fault each; those after them pass. */
  next(fits: RegExp, ...faults: readonly Fault[]): void;
  close(): Promise<void>;
}

/** A proxy on the loopback that lets requests to a server pass, but for those that a test gives a fault. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const calls: string[] = [];
  let plans: { readonly fits: RegExp; readonly faults: Fault[] }[] = [];
  const server = createServer((request, response) => {
    const call = `${request.method} ${new URL(request.url ?? '/', target).pathname}`;
    calls.push(call);
    const fault = plans.find(({ fits, faults }) => faults.length > 0 && fits.test(call))?.faults.shift();
    answer(target, request, response, fault);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    calls,
    next: (fits, ...faults) => {
      plans = [...plans, { fits, faults: [...faults] }];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | undefined,
): void {
  if (fault === 'silent') return;
  if (fault === 'lost') {
    request.socket.destroy();
    return;
  }
  if (typeof fault === 'object') {
    request.resume();
    response
      .writeHead(fault.status, { 'content-type': 'text/plain', ...fault.headers })
      .end(fault.body ?? '');
    return;
  }
  const { method, headers } = request;
  const passed = httpRequest(`${target}${request.url}`, { method, headers }, (came) => {
    void finish(came, request, response, fault);
  });
  passed.on('error', () => request.socket.destroy());
  request.pipe(passed);
}

async function finish(
  came: IncomingMessage,
  request: IncomingMessage,
  response: ServerResponse,
  fault: 'unanswered' | 'half' | undefined,
): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of came) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  if (fault === 'unanswered') {
    request.socket.destroy();
    return;
  }
  const { 'transfer-encoding': _chunked, ...headers } = came.headers;
  response.writeHead(came.statusCode ?? 500, { ...headers, 'content-length': String(body.length) });
  if (fault === undefined) response.end(body);
  else response.write(body.subarray(0, body.length >> 1), () => request.socket.destroy());
}
