import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { ClusterPlace } from './place.ts';

export interface KubeObject {
  readonly metadata?: { readonly name?: string; readonly resourceVersion?: string; readonly uid?: string };
  readonly [field: string]: unknown;
}

/** What the tests and their stand-ins say to a cluster. */
export class KubeClient {
  readonly #place: ClusterPlace;
  readonly #agent: Agent;

  constructor(place: ClusterPlace) {
    this.#place = place;
    this.#agent = new Agent({ ca: readFileSync(place.ca), keepAlive: true, maxSockets: 20 });
  }

  /** The object of an answer. */
  async send(method: string, path: string, body?: object): Promise<KubeObject> {
    return JSON.parse(await this.text(method, path, body)) as KubeObject;
  }

  /** Replaces fields of an object, or of its status. */
  patch(path: string, body: object): Promise<KubeObject> {
    return this.send('PATCH', path, body);
  }

  text(method: string, path: string, body?: object): Promise<string> {
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    // Node would send the body of a DELETE without its length.
    const length = bytes === undefined ? {} : { 'content-length': bytes.length };
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.#place.server}${path}`,
        {
          method,
          agent: this.#agent,
          headers: { authorization: `Bearer ${this.#place.admin}`, 'content-type': type, ...length },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
          response.on('error', reject).on('end', () => {
            if ((response.statusCode ?? 500) < 300) resolve(text);
            else reject(new KubeRefusal(response.statusCode ?? 500, `${method} ${path}: ${text}`));
          });
        },
      );
      sent.on('error', reject).end(bytes);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

export class KubeRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
