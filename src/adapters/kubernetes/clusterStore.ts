import type { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from '../../core/ports/log.ts';
import { findStore, type FoundStore, noStoreInside, noTunnelToStore, type StorePlace } from './findStore.ts';
import type { KubeApi } from './kubeApi.ts';
import { kubeError } from './kubeErrors.ts';
import { ServiceRoute } from './serviceRoute.ts';
import { TunnelRefused } from './tunnel.ts';
import { TunnelAgent } from './tunnelAgent.ts';

/** How long a tunnel may take to open, in milliseconds. */
const patience = 30_000;

export interface ClusterStoreDeps {
  readonly api: KubeApi;
  readonly log: Log;
  readonly place: (signal: AbortSignal) => Promise<StorePlace>;
}

/** The object store in a cluster: its keys, and the way to it. Nothing is asked before it is used. */
export class ClusterStore {
  /** Makes connections to the store: tunnels alone, since the API server's proxy takes off the signature of a request. */
  readonly agent: Agent;
  readonly #deps: ClusterStoreDeps;
  readonly #route: ServiceRoute;

  constructor(deps: ClusterStoreDeps) {
    this.#deps = deps;
    const target = async (signal: AbortSignal) => (await this.find(signal)).service;
    this.#route = new ServiceRoute({ api: deps.api, log: deps.log, target });
    this.agent = new TunnelAgent(() => this.#tunnel());
  }

  /** The store and its keys. Throws MlopsError unsupported where the cluster has none. */
  async find(signal: AbortSignal): Promise<FoundStore> {
    const { api, place } = this.#deps;
    const found = await findStore(api, await place(signal), signal);
    if (found !== undefined) return found;
    throw noStoreInside((await api.context()).name);
  }

  close(): void {
    this.agent.destroy();
    this.#route.close();
  }

  async #tunnel(): Promise<Duplex> {
    try {
      return await this.#route.tunnel(AbortSignal.timeout(patience));
    } catch (error) {
      if (!(error instanceof TunnelRefused)) throw error;
      const context = await this.#deps.api.context();
      if (error.status === 403) throw noTunnelToStore(context.name, error);
      throw kubeError(context, error.status ?? 502, error.message);
    }
  }
}
