import { Duplex } from 'node:stream';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { WebSocketHandler } from '@kubernetes/client-node/dist/web-socket-handler.js';

/** A port of a pod. */
export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/** The API server would not open a tunnel; `status` is that of its answer, where it gave one. */
export class TunnelRefused extends Error {
  readonly status: number | undefined;

  constructor(message: string, status: number | undefined, cause: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

interface Socket {
  readonly bufferedAmount: number;
  send(data: Uint8Array, done: (error?: Error) => void): void;
  close(): void;
  pause(): void;
  resume(): void;
  onclose: unknown;
  onerror: unknown;
}

/** Channels of a forwarded port; what each sends begins with the port's number in two bytes. */
const [dataChannel, errorChannel] = [0, 1];
const portBytes = 2;

/** Opens a connection to a port of a pod through the API server, as `kubectl port-forward` does. */
export async function openTunnel(config: KubeConfig, { namespace, pod, port }: PodPort): Promise<Duplex> {
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/portforward?ports=${port}`;
  const tunnel = new Tunnel();
  try {
    const socket = await new WebSocketHandler(config).connect(path, null, (channel, bytes) =>
      tunnel.receive(channel, bytes),
    );
    tunnel.attach(socket);
    return tunnel;
  } catch (error) {
    throw refused(error);
  }
}

/** The socket's library tells the status only in its sentence. */
function refused(error: unknown): TunnelRefused {
  const told = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  const status = /Unexpected server response: (\d{3})/.exec(told)?.[1];
  return new TunnelRefused(told, status === undefined ? undefined : Number(status), error);
}

class Tunnel extends Duplex {
  readonly #headless = new Set([dataChannel, errorChannel]);
  #socket: Socket | undefined;
  #patience = 0;
  #silence: NodeJS.Timeout | undefined;

  attach(socket: Socket): void {
    this.#socket = socket;
    socket.onerror = (event: { readonly message?: string }) =>
      this.destroy(new Error(event.message ?? 'The connection broke.'));
    socket.onclose = () => this.destroy();
  }

  /** Node's agent says with it that a connection is in use; a tunnel has its own idea of that. */
  ref(): this {
    return this;
  }

  /** As of a socket: `timeout` is told when nothing has come or gone for so many milliseconds; 0: never. */
  setTimeout(patience: number, told?: () => void): this {
    this.#patience = patience;
    if (told !== undefined) this.once('timeout', told);
    this.#stir();
    return this;
  }

  #stir(): void {
    clearTimeout(this.#silence);
    if (this.#patience === 0 || this.destroyed) return;
    this.#silence = setTimeout(() => this.emit('timeout'), this.#patience);
    this.#silence.unref();
  }

  /** True while the channel is wanted. What comes faster than it is read waits at the other end. */
  receive(channel: number, bytes: Buffer): boolean {
    this.#stir();
    const first = this.#headless.delete(channel);
    const rest = first ? bytes.subarray(portBytes) : bytes;
    if (rest.length === 0) return true;
    if (channel === errorChannel) this.destroy(new Error(rest.toString('utf8').slice(0, 500)));
    else if (!this.push(rest)) this.#socket?.pause();
    return channel !== errorChannel;
  }

  override _read(): void {
    this.#socket?.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#stir();
    if (this.#socket === undefined) done(new Error('The tunnel is not open.'));
    else this.#socket.send(Buffer.concat([Buffer.of(dataChannel ?? 0), chunk]), done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#silence);
    if (this.#socket !== undefined) {
      this.#socket.onclose = undefined;
      this.#socket.close();
    }
    this.push(null);
    done(error);
  }
}
