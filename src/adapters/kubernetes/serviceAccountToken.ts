import * as z from 'zod';
import { isCancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import type { KubeApi } from './kubeApi.ts';

/** Who a token is for: what the Pipelines API looks for in it. */
const audience = 'pipelines.kubeflow.org';
/** How long a token is asked for, in seconds; a cluster may give it for another time. */
const wantedSeconds = 3600;
/** A token is replaced when less than this part of its time is left. */
const mostUsed = 0.8;

const granted = z.looseObject({
  status: z.looseObject({ token: z.string().min(1), expirationTimestamp: z.string() }),
});

export interface ServiceAccountDeps {
  readonly api: KubeApi;
  readonly namespace: (signal: AbortSignal) => Promise<string>;
  readonly account: string;
  readonly now: () => number;
}

interface Token {
  readonly text: string;
  /** When the next one is asked for. */
  readonly until: number;
}

type Headers = Readonly<Record<string, string>>;

/**
 * Signs requests to the Pipelines API in with a token of a service account, which the cluster gives with the person's own rights
 * there (TokenRequest). It stays in memory, and a new one is asked for before it expires.
 */
export class ServiceAccountToken {
  readonly #deps: ServiceAccountDeps;
  #token: Promise<Token> | undefined;

  constructor(deps: ServiceAccountDeps) {
    this.#deps = deps;
  }

  async headers(signal: AbortSignal): Promise<Headers> {
    const known = await this.#token?.catch(() => undefined);
    if (known === undefined || known.until <= this.#deps.now()) this.#token = this.#ask(signal);
    return { authorization: `Bearer ${(await this.#token)?.text ?? ''}` };
  }

  async renew(used: Headers, signal: AbortSignal): Promise<boolean> {
    this.#token = undefined;
    return (await this.headers(signal))['authorization'] !== used['authorization'];
  }

  refused(server: string): MlopsError {
    const { account } = this.#deps;
    return new MlopsError(
      'auth',
      `${asName(server)} does not accept the service account ${asName(account)}.`,
      {
        hint: 'Check serviceAccount and namespace of the connection: in Kubeflow it is default-editor in your own namespace.',
      },
    );
  }

  async #ask(signal: AbortSignal): Promise<Token> {
    const { api, account, now } = this.#deps;
    const namespace = await this.#deps.namespace(signal);
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${encodeURIComponent(account)}/token`;
    const spec = { audiences: [audience], expirationSeconds: wantedSeconds };
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec };
    const asked = now();
    try {
      const { status } = await api.post(path, body, granted, signal);
      const lasts = Date.parse(status.expirationTimestamp) - asked;
      return { text: status.token, until: asked + (Number.isNaN(lasts) ? 0 : lasts * mostUsed) };
    } catch (error) {
      if (isCancelled(error) || !(error instanceof MlopsError)) throw error;
      throw this.#notGiven(error, namespace);
    }
  }

  #notGiven(error: MlopsError, namespace: string): MlopsError {
    const who = `the service account ${asName(this.#deps.account)} in ${asName(namespace)}`;
    if (error.kind === 'notFound')
      return new MlopsError('notFound', `There is no such account: ${who}.`, {
        hint: 'Check serviceAccount and namespace of the connection.',
        cause: error,
      });
    if (error.kind !== 'forbidden') return error;
    return new MlopsError('forbidden', `You may not get tokens of ${who}.`, {
      hint: 'Ask whoever runs the cluster for the right to create serviceaccounts/token there.',
      cause: error,
    });
  }
}
