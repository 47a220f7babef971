import { randomUUID } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import type { ObjectRef } from '../../webviews/results/contract.ts';
import { deadline } from '../deadline.ts';
import { failureOf } from '../failure.ts';

const mostPages = 50;
const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  // An origin of its own: the page can request nothing else from this server, and has no cookies.
  'Content-Security-Policy': 'sandbox allow-scripts allow-popups',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** Serves HTML objects to the person's browser on the loopback, each at a secret address. Starts with the first. */
export class PageServer {
  readonly #pages = new Map<string, { readonly store: ObjectStore; readonly object: ObjectRef }>();
  #server: Promise<Server> | undefined;

  /** The address of an object on this machine; the 50 newest stay valid. */
  async serve(store: ObjectStore, object: ObjectRef): Promise<string> {
    this.#server ??= this.#listen();
    const { port } = (await this.#server).address() as AddressInfo;
    const secret = randomUUID();
    this.#pages.set(secret, { store, object });
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest);
    return `http://127.0.0.1:${port}/${secret}`;
  }

  /** Ends the server; its addresses become invalid. */
  async close(): Promise<void> {
    const server = await this.#server;
    this.#server = undefined;
    this.#pages.clear();
    await new Promise((closed) => (server === undefined ? closed(undefined) : server.close(closed)));
  }

  #listen(): Promise<Server> {
    const server = createServer((request, response) => {
      const page = this.#pages.get((request.url ?? '').slice(1));
      if (request.method !== 'GET' || page === undefined) response.writeHead(404).end();
      else send(page.store, page.object, response).catch((error: unknown) => fail(response, error));
    });
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      // It does not keep the editor's process alive.
      server.listen(0, '127.0.0.1', () => resolve(server.unref()));
    });
  }
}

async function send(store: ObjectStore, { bucket, key }: ObjectRef, response: ServerResponse): Promise<void> {
  const { size } = await store.stat(bucket, key, deadline());
  response.writeHead(200, headers);
  if (size === 0) response.end();
  // Streamed, since a page may be too large for memory.
  else await pipeline(store.read(bucket, key, { limit: size }, deadline()), response);
}

/** Answers why there is no page; a response that fails midway just ends. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end(failureOf(error).message);
}
