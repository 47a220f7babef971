import http from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a tunnel that nothing uses stays open, in milliseconds: its other end may be gone without a word. */
const idleTime = 5000;
/** As many as a browser opens to one server. */
const mostTunnels = 6;

type Done = (error: Error | null, stream: Duplex) => void;

/** Connections for Node's requests that lead through tunnels. They are opened when needed, and closed when idle. */
export class TunnelAgent extends http.Agent {
  readonly #open: () => Promise<Duplex>;
  readonly #idle = new WeakMap<Duplex, NodeJS.Timeout>();
  readonly #all = new Set<Duplex>();

  constructor(open: () => Promise<Duplex>) {
    super({ keepAlive: true, maxSockets: mostTunnels });
    this.#open = open;
  }

  override createConnection(_options: http.ClientRequestArgs, done?: Done): null {
    void this.#connect(done);
    return null;
  }

  async #connect(done: Done | undefined): Promise<void> {
    try {
      const tunnel = await this.#open();
      this.#all.add(tunnel);
      tunnel.on('close', () => this.#all.delete(tunnel));
      done?.(null, tunnel);
    } catch (error) {
      // The callback takes a stream only where there is no error, whatever its type says.
      (done as ((error: unknown) => void) | undefined)?.(error);
    }
  }

  override keepSocketAlive(tunnel: Duplex): boolean {
    const timer = setTimeout(() => tunnel.destroy(), idleTime);
    timer.unref();
    this.#idle.set(tunnel, timer);
    return true;
  }

  override reuseSocket(tunnel: Duplex, request: http.ClientRequest): void {
    clearTimeout(this.#idle.get(tunnel));
    super.reuseSocket(tunnel, request);
  }

  override destroy(): void {
    for (const tunnel of this.#all) tunnel.destroy();
    super.destroy();
  }
}
