import type * as z from 'zod';
import { cancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import { apiError, notKubeflow } from './apiErrors.ts';
import type { Endpoint } from './endpoint.ts';
import { unanswered } from './networkErrors.ts';
import { repeating, type Repeats } from './repeating.ts';
import { noSignIn, type SignIn, type SignInHeaders } from './signIn/signIn.ts';

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** The path below the address, with its parts escaped. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string | undefined };
  readonly body?: unknown;
  /** A form to send instead of a body. */
  readonly form?: FormData;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly text: string;
}

export interface ApiDeps {
  readonly signIn?: SignIn;
  readonly fetchWith?: typeof fetch;
  /** Absent: every request is sent once. */
  readonly repeats?: Repeats;
}

/** How long a request may take, in milliseconds. */
const patience = 30_000;
/** The largest answer that is read, in bytes: a page of runs carries their pipelines. */
const largestAnswer = 64 << 20;

/** Requests to one server. Every failure is an MlopsError that says what to do. */
export class KubeflowApi {
  readonly endpoint: Endpoint;
  readonly #signIn: SignIn;
  readonly #fetch: typeof fetch;
  readonly #repeats: Repeats | undefined;

  constructor(endpoint: Endpoint, { signIn = noSignIn, fetchWith = fetch, repeats }: ApiDeps = {}) {
    this.endpoint = endpoint;
    this.#signIn = signIn;
    this.#fetch = fetchWith;
    this.#repeats = repeats;
  }

  /** The decoded answer. An answer of another shape is an error that names the server. */
  async json<S extends z.ZodType>(request: ApiRequest, schema: S, signal: AbortSignal): Promise<z.infer<S>> {
    const { text } = await this.answer(request, signal);
    const decoded = schema.safeParse(jsonOf(text));
    if (!decoded.success) throw notKubeflow(this.endpoint, text);
    return decoded.data;
  }

  /** The text of an answer. */
  async text(request: ApiRequest, signal: AbortSignal): Promise<string> {
    return (await this.answer(request, signal)).text;
  }

  /** An answer that is a success. A request that is refused for want of a sign-in is sent once more with a renewed one. */
  async answer(request: ApiRequest, signal: AbortSignal): Promise<Answer> {
    const late = AbortSignal.timeout(patience);
    const either = AbortSignal.any([signal, late]);
    try {
      const used = await this.#signIn.headers(either);
      const answer = await this.#patiently(request, used, either);
      if (!wantsSignIn(answer)) return this.#checked(answer, used);
      if (!(await this.#signIn.renew(used, either))) throw this.#signIn.refused(this.endpoint.name);
      const renewed = await this.#signIn.headers(either);
      const second = await this.#patiently(request, renewed, either);
      if (wantsSignIn(second)) throw this.#signIn.refused(this.endpoint.name);
      return this.#checked(second, renewed);
    } catch (error) {
      if (error instanceof MlopsError) throw error;
      if (signal.aborted) throw cancelled(error);
      throw unanswered(this.endpoint, late.aborted ? patience : undefined, error);
    }
  }

  #patiently(request: ApiRequest, signedIn: SignInHeaders, signal: AbortSignal): Promise<Answer> {
    const isRead = (request.method ?? 'GET') === 'GET';
    const send = () => this.#send(request, signedIn, signal);
    return repeating(send, { isRead, repeats: this.#repeats, signal });
  }

  /** A redirect is never followed: what signs the request in would go with it. */
  async #send(
    { method = 'GET', path, query, body, form }: ApiRequest,
    signedIn: SignInHeaders,
    signal: AbortSignal,
  ): Promise<Answer> {
    const response = await this.#fetch(`${this.endpoint.address}${path}${queryOf(query)}`, {
      method,
      redirect: 'manual',
      signal,
      headers: {
        accept: 'application/json',
        ...signedIn,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(form !== undefined && { body: form }),
    });
    const { status, ok, headers } = response;
    return { status, ok, headers, text: await bounded(response, this.endpoint) };
  }

  #checked(answer: Answer, used: SignInHeaders): Answer {
    if (answer.ok) return answer;
    throw apiError(this.endpoint, answer.status, withoutSecrets(answer.text, used));
  }
}

/** What a server may have printed of the credentials that it was sent does not come back. */
function withoutSecrets(text: string, used: SignInHeaders): string {
  const secrets = Object.values(used).flatMap((value) => value.split(/;? /));
  return secrets
    .filter((part) => part.length > 7)
    .reduce((rest, part) => rest.replaceAll(part, '••••'), text);
}

/** True for 401, for a redirect, and for a page of HTML, which no API answers. */
function wantsSignIn({ status, headers, text }: Answer): boolean {
  if (status === 401 || (status >= 300 && status < 400)) return true;
  const isPage = (headers.get('content-type') ?? '').startsWith('text/html');
  return isPage && text.trimStart().startsWith('<') && (status === 200 || status === 403);
}

/** A part of a path. Dots alone would lead to another path. */
export function part(id: string): string {
  return encodeURIComponent(id).replace(/^\.{1,2}$/, (dots) => dots.replaceAll('.', '%252E'));
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
