import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import { Readable } from 'node:stream';

export interface Sending {
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Uint8Array | undefined;
}

/** How a server is reached, and what is said to it in each request. */
export interface Reach extends Omit<RequestOptions, 'headers'> {
  readonly headers?: OutgoingHttpHeaders;
}

/** Sends a request and gives its answer once its head is there; aborting ends the body, too. */
export function send(
  url: URL,
  { method = 'GET', headers = {}, body }: Sending,
  options: Reach,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    // Node would send the body of a DELETE without its length.
    const length = body === undefined ? {} : { 'content-length': body.length };
    const own = { ...options, method, signal, headers: { ...options.headers, ...headers, ...length } };
    const sent = request(url, own, resolve);
    sent.on('error', (error) => {
      // A connection that was kept for later may end in the very moment of its use.
      const again = sent.reusedSocket && (method === 'GET' || method === 'HEAD') && !signal.aborted;
      if (again) send(url, { method, headers }, options, signal).then(resolve, reject);
      else reject(error);
    });
    sent.end(body);
  });
}

/** A server that is reached by `open`, for code that wants to fetch. */
export function fetchBy(
  open: (url: URL, sending: Sending, signal: AbortSignal) => Promise<IncomingMessage | Response>,
): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const headers = Object.fromEntries(request.headers);
    const signal = init?.signal ?? request.signal;
    const answer = await open(new URL(request.url), { method: request.method, headers, body }, signal);
    return answer instanceof Response ? answer : toResponse(answer);
  };
}

const withoutBody = new Set([204, 205, 304]);

function toResponse(answer: IncomingMessage): Response {
  const { statusCode = 502, statusMessage = '', rawHeaders } = answer;
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  if (withoutBody.has(statusCode)) answer.resume();
  const body = withoutBody.has(statusCode) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
  return new Response(body, { status: statusCode, statusText: statusMessage, headers });
}

/** All of a body, up to a number of bytes; undefined where there is more. */
export async function textOf(answer: IncomingMessage, most: number): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > most) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
