import type * as z from 'zod';
import { cancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import { apiError, notKubeflow } from './apiErrors.ts';
import type { Endpoint } from './endpoint.ts';

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** The path below the address, with its parts escaped. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string | undefined };
  readonly body?: unknown;
  /** A form to send instead of a body. */
  readonly form?: FormData;
}

/** How long a request may take, in milliseconds. */
const patience = 30_000;
/** The largest answer that is read, in bytes: a page of runs carries their pipelines. */
const largestAnswer = 64 << 20;

/** Requests to one server. Every failure is an MlopsError that says what to do. */
export class KubeflowApi {
  readonly endpoint: Endpoint;
  readonly #fetch: typeof fetch;

  constructor(endpoint: Endpoint, fetchWith: typeof fetch = fetch) {
    this.endpoint = endpoint;
    this.#fetch = fetchWith;
  }

  /** The decoded answer. An answer of another shape is an error that names the server. */
  async json<S extends z.ZodType>(request: ApiRequest, schema: S, signal: AbortSignal): Promise<z.infer<S>> {
    const text = await this.text(request, signal);
    const decoded = schema.safeParse(jsonOf(text));
    if (!decoded.success) throw notKubeflow(this.endpoint, text);
    return decoded.data;
  }

  /** The text of an answer. */
  async text({ method = 'GET', path, query, body, form }: ApiRequest, signal: AbortSignal): Promise<string> {
    const late = AbortSignal.timeout(patience);
    try {
      const response = await this.#fetch(`${this.endpoint.address}${path}${queryOf(query)}`, {
        method,
        redirect: 'manual',
        signal: AbortSignal.any([signal, late]),
        ...(form !== undefined && { body: form }),
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      });
      const text = await bounded(response, this.endpoint);
      if (!response.ok) throw apiError(this.endpoint, response.status, text);
      return text;
    } catch (error) {
      if (error instanceof MlopsError) throw error;
      if (signal.aborted) throw cancelled(error);
      throw unanswered(this.endpoint, late.aborted, error);
    }
  }
}

/** A part of a path. Dots alone would lead to another path. */
export function part(id: string): string {
  return encodeURIComponent(id).replace(/^\.{1,2}$/, (dots) => dots.replaceAll('.', '%252E'));
}

function unanswered({ name, address }: Endpoint, late: boolean, cause: unknown): MlopsError {
  if (late)
    return new MlopsError('timeout', `${name} did not answer within ${patience / 1000} s.`, {
      hint: 'It may be busy: try again in a moment.',
      cause,
    });
  return new MlopsError('unreachable', `${name} cannot be reached at ${address}.`, {
    hint: 'Check that the server runs, that a port-forward to it is still open, and the endpoint in the setting mlops.connections.',
    cause,
  });
}

async function bounded(response: Response, { name }: Endpoint): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  if (response.body === null) return '';
  for await (const piece of response.body) {
    size += piece.length;
    if (size > largestAnswer)
      throw new MlopsError('unsupported', `${name} sent more than ${largestAnswer >> 20} MB at once.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function queryOf(query: ApiRequest['query'] = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** The JSON of a text, whatever its header says; undefined for other text. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
