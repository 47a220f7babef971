import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from '../../core/ports/log.ts';
import { cancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import type { KubeApi } from './kubeApi.ts';
import { kubeError, noAnswer, refusalIn } from './kubeErrors.ts';
import { fetchBy, send, type Sending, textOf } from './send.ts';
import { podBehind, type ServicePort } from './services.ts';
import { openTunnel, type PodPort, TunnelRefused } from './tunnel.ts';
import { TunnelAgent } from './tunnelAgent.ts';

/** How long a tunnel may take to open, in milliseconds. */
const patience = 30_000;
/** What an address below the route has for its server: the tunnel leads to the right one, whatever the name. */
const insideAddress = 'http://localhost';

export interface RouteDeps {
  readonly api: KubeApi;
  readonly log: Log;
  /** Finds the service; asked at the first request. */
  readonly target: (signal: AbortSignal) => Promise<ServicePort>;
}

/**
 * The way to a service inside the cluster: tunnels to one of its pods, which are opened when a request needs them, opened
 * anew to another pod when they break, and closed when idle. Where the cluster does not allow tunnels, requests go
 * through its API server's proxy for services.
 */
export class ServiceRoute {
  /** Fetches from the service. Addresses begin with `address`. */
  readonly fetch: typeof fetch;
  readonly address = insideAddress;
  readonly #deps: RouteDeps;
  readonly #agent: TunnelAgent;
  #target: Promise<ServicePort> | undefined;
  #pod: PodPort | undefined;
  #way: 'tunnel' | 'proxy' = 'tunnel';

  constructor(deps: RouteDeps) {
    this.#deps = deps;
    this.#agent = new TunnelAgent(() => this.tunnel(AbortSignal.timeout(patience)));
    this.fetch = fetchBy((url, sending, signal) => this.#request(url, sending, signal));
  }

  /** The service, which is found at the first use. */
  target(signal: AbortSignal): Promise<ServicePort> {
    this.#target ??= this.#deps.target(signal).catch((error: unknown) => {
      this.#target = undefined;
      throw error;
    });
    return this.#target;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** A connection to the service; to the pod that served last, while it does. */
  async tunnel(signal: AbortSignal): Promise<Duplex> {
    const known = this.#pod;
    if (known !== undefined) {
      try {
        return await this.#tunnelTo(known, signal);
      } catch (error) {
        if (!(error instanceof TunnelRefused) || error.status === 403) throw error;
        this.#pod = undefined;
      }
    }
    const target = await this.target(signal);
    return this.#tunnelTo(await podBehind(this.#deps.api, target, signal), signal);
  }

  async #tunnelTo(pod: PodPort, signal: AbortSignal): Promise<Duplex> {
    const { api } = this.#deps;
    const open = async () => openTunnel((await api.access(signal)).context.config, pod);
    try {
      const tunnel = await open().catch((error: unknown) => {
        if (!(error instanceof TunnelRefused) || error.status !== 401) throw error;
        api.forgetCredentials();
        return open();
      });
      this.#pod = pod;
      return tunnel;
    } catch (error) {
      if (error instanceof TunnelRefused && error.status === undefined)
        throw noAnswer(await api.context(), error.cause);
      throw error;
    }
  }

  async #request(url: URL, sending: Sending, signal: AbortSignal): Promise<IncomingMessage | Response> {
    if (this.#way === 'proxy') return this.#proxied(url, sending, signal);
    try {
      return await send(url, sending, { agent: this.#agent }, signal);
    } catch (error) {
      if (signal.aborted) throw cancelled(error);
      if (!(error instanceof TunnelRefused)) throw error;
      if (error.status !== 403)
        throw kubeError(await this.#deps.api.context(), error.status ?? 502, error.message);
      this.#deps.log.info('The cluster allows no port-forward: its service proxy is used.');
      this.#way = 'proxy';
      return this.#proxied(url, sending, signal);
    }
  }

  async #proxied(url: URL, sending: Sending, signal: AbortSignal): Promise<IncomingMessage | Response> {
    const { api } = this.#deps;
    const { namespace, service, port } = await this.target(signal);
    const below = `/api/v1/namespaces/${namespace}/services/http:${service}:${port}/proxy`;
    const { host: _host, ...headers }: { readonly [name: string]: string } = sending.headers ?? {};
    // The API server would take it for the person's own.
    if ('authorization' in headers) throw noSignInByProxy();
    const answer = await api.open(`${below}${url.pathname}${url.search}`, { ...sending, headers }, signal);
    const { statusCode = 500 } = answer;
    if (statusCode < 400) return answer;
    // A refusal of the API server itself says of which kind it is; the service's own are passed on.
    const text = (await textOf(answer, 1 << 20)) ?? '';
    if (refusalIn(text) !== undefined) throw kubeError(await api.context(), statusCode, text);
    return new Response(text, { status: statusCode });
  }
}

function noSignInByProxy(): MlopsError {
  return new MlopsError(
    'forbidden',
    'The cluster allows no port-forward, and its service proxy passes no sign-in on to Kubeflow Pipelines.',
    { hint: 'Ask whoever runs the cluster for the right to port-forward.' },
  );
}
