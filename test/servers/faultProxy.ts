import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BodyFault, passDown, passUp } from './faultyBodies.ts';

/**
 * What happens to one request. `lost`: it does not arrive. `unanswered`: it is worked on, and the connection is cut before the answer.
 * `half`: half of the answer arrives. `silent`: nothing ever comes. A status is an answer of a gateway's, without the server.
 * The others are about the bytes on their way.
 */
export type Fault =
  | 'lost'
  | 'unanswered'
  | 'half'
  | 'silent'
  | BodyFault
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
  /** The same requests with their queries and headers. */
  readonly requests: readonly ProxiedRequest[];
  /** What happens to the next requests that fit, with or without their query, one fault each; those after them pass. */
  next(fits: RegExp, ...faults: readonly Fault[]): void;
  close(): Promise<void>;
}

export interface ProxiedRequest {
  /** `METHOD /path?query`. */
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
}

/** A proxy on the loopback that lets requests to a server pass, but for those that a test gives a fault. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const calls: string[] = [];
  const requests: ProxiedRequest[] = [];
  let plans: { readonly fits: RegExp; readonly faults: Fault[] }[] = [];
  const server = createServer((request, response) => {
    const call = `${request.method} ${new URL(request.url ?? '/', target).pathname}`;
    const line = `${request.method} ${request.url}`;
    calls.push(call);
    requests.push({ line, headers: request.headers });
    const isFor = (fits: RegExp) => fits.test(call) || fits.test(line);
    const fault = plans.find(({ fits, faults }) => faults.length > 0 && isFor(fits))?.faults.shift();
    answer(target, request, response, fault);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    calls,
    requests,
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
    response.destroy();
    return;
  }
  if (typeof fault === 'object' && 'status' in fault) {
    request.resume();
    response
      .writeHead(fault.status, { 'content-type': 'text/plain', ...fault.headers })
      .end(fault.body ?? '');
    return;
  }
  const { method, headers } = request;
  const ofBody = typeof fault === 'object' ? fault : undefined;
  const passed = httpRequest(`${target}${request.url}`, { method, headers }, (came) => {
    const done = typeof fault === 'string' ? finish(came, response, fault) : goOn(came, response, ofBody);
    done.catch(() => response.destroy());
  });
  // A server that refuses a body may close before all of it was sent; its answer counts.
  passed.on('error', () => !response.headersSent && response.destroy());
  passUp({ request, response }, passed, ofBody).catch(() => passed.destroy());
}

async function goOn(
  came: IncomingMessage,
  response: ServerResponse,
  fault: BodyFault | undefined,
): Promise<void> {
  response.writeHead(came.statusCode ?? 500, came.headers);
  response.flushHeaders();
  await passDown(came, response, fault);
}

async function finish(
  came: IncomingMessage,
  response: ServerResponse,
  fault: 'unanswered' | 'half',
): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of came) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  if (fault === 'unanswered') {
    response.destroy();
    return;
  }
  const { 'transfer-encoding': _chunked, ...headers } = came.headers;
  response.writeHead(came.statusCode ?? 500, { ...headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}
