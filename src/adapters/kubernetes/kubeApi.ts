import type { IncomingMessage } from 'node:http';
import type * as z from 'zod';
import { cancelled, isCancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import { type Access, Credentials } from './credentials.ts';
import type { ChosenContext, ContextChoice } from './kubeconfig.ts';
import { kubeError, noAnswer } from './kubeErrors.ts';
import { send, type Sending, textOf } from './send.ts';

export type Query = { readonly [name: string]: string | number | boolean | undefined };

/** How long an answer may take to begin, in milliseconds. */
const patience = 30_000;
/** The largest answer that is read, in bytes. */
const largestAnswer = 64 << 20;

/** Requests to the API server of one context. Every failure is an MlopsError that says what to do. */
export class KubeApi {
  readonly #credentials: Credentials;

  constructor(choice: ContextChoice) {
    this.#credentials = new Credentials(choice);
  }

  context(): Promise<ChosenContext> {
    return this.#credentials.context();
  }

  /** The decoded object of an answer. */
  async json<S extends z.ZodType>(
    path: string,
    schema: S,
    signal: AbortSignal,
    query: Query = {},
  ): Promise<z.infer<S>> {
    const decoded = schema.safeParse(parsed(await this.text(path, signal, query)));
    if (decoded.success) return decoded.data;
    const { name } = await this.context();
    throw new MlopsError(
      'unsupported',
      `What the cluster of ${asName(name)} answered to ${path} is not of Kubernetes.`,
      {
        hint: 'Check the server of the context in the kubeconfig.',
      },
    );
  }

  /** Sends an object and reads what became of it. */
  async post<S extends z.ZodType>(
    path: string,
    body: object,
    schema: S,
    signal: AbortSignal,
  ): Promise<z.infer<S>> {
    const headers = { 'content-type': 'application/json' };
    const sending = { method: 'POST', headers, body: Buffer.from(JSON.stringify(body)) };
    return schema.parse(parsed(await this.#read(await this.#ok(path, sending, signal), signal)));
  }

  async text(path: string, signal: AbortSignal, query: Query = {}): Promise<string> {
    return this.#read(await this.stream(path, signal, query), signal);
  }

  /** The answer as it comes. It has no deadline once it has begun: `signal` ends it. */
  stream(path: string, signal: AbortSignal, query: Query = {}, accept?: string): Promise<IncomingMessage> {
    const headers = accept === undefined ? {} : { accept };
    return this.#ok(withQuery(path, query), { headers }, signal);
  }

  /** Any answer, whatever its status. Credentials that are refused are read anew once. */
  async open(path: string, sending: Sending, signal: AbortSignal): Promise<IncomingMessage> {
    const answer = await this.#once(path, sending, signal);
    if (answer.statusCode !== 401) return answer;
    answer.resume();
    this.#credentials.forget();
    return this.#once(path, sending, signal);
  }

  /** What another kind of connection to the API server needs. */
  access(signal: AbortSignal): Promise<Access> {
    return this.#credentials.access(signal);
  }

  /** Credentials that were refused are read anew at the next use. */
  forgetCredentials(): void {
    this.#credentials.forget();
  }

  close(): void {
    this.#credentials.close();
  }

  async #ok(path: string, sending: Sending, signal: AbortSignal): Promise<IncomingMessage> {
    const answer = await this.open(path, sending, signal);
    const { statusCode = 500 } = answer;
    if (statusCode < 300) return answer;
    throw kubeError(await this.context(), statusCode, (await textOf(answer, 1 << 20)) ?? '');
  }

  async #once(path: string, sending: Sending, signal: AbortSignal): Promise<IncomingMessage> {
    const { context, options } = await this.access(signal);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), patience);
    try {
      const url = new URL(`${context.server.replace(/\/+$/, '')}${path}`);
      return await send(url, sending, options, AbortSignal.any([signal, late.signal]));
    } catch (error) {
      if (signal.aborted) throw cancelled(error);
      if (late.signal.aborted)
        throw new MlopsError(
          'timeout',
          `The cluster of the context ${asName(context.name)} did not answer within ${patience / 1000} s.`,
          {
            hint: 'Check the network or VPN to it, then try again.',
            cause: error,
          },
        );
      throw noAnswer(context, error);
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(answer: IncomingMessage, signal: AbortSignal): Promise<string> {
    try {
      const text = await textOf(answer, largestAnswer);
      if (text !== undefined) return text;
    } catch (error) {
      if (signal.aborted || isCancelled(error)) throw cancelled(error);
      throw noAnswer(await this.context(), error);
    }
    throw new MlopsError('unsupported', `The cluster sent more than ${largestAnswer >> 20} MB at once.`);
  }
}

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
