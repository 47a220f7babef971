import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import type { ObjectRef } from '../../webviews/results/contract.ts';
import { deadline } from '../trees/listing.ts';

/** Pages that were asked for, by the secret part of their address. */
const pages = new Map<string, { readonly store: ObjectStore; readonly object: ObjectRef }>();
const mostPages = 50;
let server: Promise<Server> | undefined;

/**
 * The address of an HTML object for the person's browser, also when this runs on another machine. Only who has the
 * address gets the page; it has an origin of its own there and cannot ask this server for anything else.
 */
export async function servePage(store: ObjectStore, object: ObjectRef): Promise<vscode.Uri> {
  server ??= listen();
  const { port } = (await server).address() as AddressInfo;
  const secret = randomUUID();
  pages.set(secret, { store, object });
  const [oldest] = pages.keys();
  if (pages.size > mostPages && oldest !== undefined) pages.delete(oldest);
  return vscode.env.asExternalUri(vscode.Uri.parse(`http://127.0.0.1:${port}/${secret}`));
}

/** Ends the server, if there is one. */
export async function stopServing(): Promise<void> {
  const running = server;
  server = undefined;
  pages.clear();
  (await running)?.close();
}

function listen(): Promise<Server> {
  const made = createServer((request, response) => {
    const page = pages.get((request.url ?? '').slice(1));
    if (request.method !== 'GET' || page === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': 'sandbox allow-scripts allow-popups',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
    send(page.store, page.object, response).catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    made.once('error', reject);
    made.listen(0, '127.0.0.1', () => resolve(made.unref()));
  });
}

async function send(
  store: ObjectStore,
  { bucket, key }: ObjectRef,
  response: NodeJS.WritableStream,
): Promise<void> {
  const { size } = await store.stat(bucket, key, deadline());
  if (size > 0)
    for await (const part of store.read(bucket, key, { limit: size }, deadline())) response.write(part);
  response.end();
}
