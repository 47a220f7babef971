import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { Client } from 'minio';
import { isCancelled, MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { S3Address } from './address.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import { type Answered, answered, unreachable } from './s3Errors.ts';
import { SumThread } from './sumThread.ts';

/** What signs a request. */
export interface S3Credentials {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly sessionToken?: string;
}

/** One request. `query` is encoded already. */
export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly bucket?: string;
  readonly key?: string;
  readonly query?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Buffer | SentBytes;
  /** Statuses that are no failure; 200 when left out. */
  readonly expected?: readonly number[];
  /** Most milliseconds without a byte, where the server works before it answers. */
  readonly silenceMs?: number;
}

/** Bytes that are sent as they are, not put together. Their checksum is signed in place of a hash of the body. */
export interface SentBytes {
  readonly pieces: readonly Uint8Array[];
  /** Of all of it, in base 64. */
  readonly md5: string;
  /** Called with the bytes that were handed to the connection. */
  readonly onSent?: (bytes: number) => void;
  /**
   * True: most are sent only when the server has not refused the request after a moment. The answer of one that refuses and
   * closes while bytes come in is lost.
   */
  readonly isCareful?: boolean;
}

/** How long is waited, and how much is sent or asked for at once. */
export interface S3Bounds {
  /** Most milliseconds without a byte. A server that says nothing would be waited for forever. */
  readonly silence: number;
  /** Milliseconds before each time that something is asked again. */
  readonly pauses: readonly number[];
  /** Bytes of a part: larger objects are stored in several, and read in ranges of this length. At least 5 MiB. */
  readonly part: number;
}

/** An answer whose body has not been read. Whoever takes it reads or destroys it. */
export interface S3Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: http.IncomingMessage;
}

export const usualBounds: S3Bounds = {
  silence: 30_000,
  pauses: [200, 800, 2000],
  part: 16 * 1024 * 1024,
};
const mayPass = new Set([408, 429, 499, 500, 502, 503, 504, 520]);
const largestText = 20_000_000;
const sliceBytes = 256 * 1024;
/** Servers look at a request when some of its body is there. A refusal is waited for after these bytes, for so many milliseconds. */
const firstBytes = 64 * 1024;
const refusalMs = 1500;

type RequestOption = Parameters<Client['makeRequestStreamAsync']>[0];

interface Sending {
  readonly signal: AbortSignal;
  readonly silenceMs: number;
  /** Settled when the answer begins. */
  readonly answered: PromiseWithResolvers<http.IncomingMessage>;
  status?: number;
}

/**
 * Signs and sends requests with the library, and answers for the rest: a deadline, cancelling, asking again, errors. The
 * library has none of these, and hides the answers of statuses that it would repeat; so it is told that all went well,
 * and the status is kept aside.
 */
export class S3Requests {
  readonly bounds: S3Bounds;
  readonly sums = new SumThread();
  readonly #address: S3Address;
  readonly #client: Client;
  /** Signs requests whose body has a checksum, and no hash in the signature. */
  readonly #forBodies: Client;
  readonly #sending = new AsyncLocalStorage<Sending>();

  /** `agent` makes the connections; left out: they lead through the network. */
  constructor(
    address: S3Address,
    credentials: S3Credentials,
    {
      agent,
      bounds = usualBounds,
    }: { readonly agent?: http.Agent | undefined; readonly bounds?: S3Bounds | undefined } = {},
  ) {
    const { protocol, hostname, port } = new URL(address.endpoint);
    const isSecure = protocol === 'https:';
    const options = {
      endPoint: hostname,
      port: port === '' ? (isSecure ? 443 : 80) : Number(port),
      useSSL: isSecure,
      region: address.region,
      pathStyle: address.pathStyle,
      ...credentials,
      transport: { request: this.#transport(isSecure ? https : http) } as unknown as typeof http,
      transportAgent: agent ?? ownAgent(isSecure, address.authority),
      retryOptions: { disableRetry: true },
    };
    this.bounds = bounds;
    this.#address = address;
    this.#client = new Client(options);
    this.#forBodies = new Client(options);
    this.#forBodies.enableSHA256 = false;
  }

  get name(): string {
    return this.#address.name;
  }

  get region(): string {
    return this.#address.region;
  }

  /** Sends a request; a GET or HEAD that fails in passing is sent again. Throws MlopsError. */
  async send(request: S3Request, signal: AbortSignal): Promise<S3Answer> {
    throwIfAborted(signal);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    for (const pause of isRead ? this.bounds.pauses : []) {
      const answer = await this.#once(request, signal).catch((error: unknown) => {
        if (isCancelled(error)) throw error;
        return undefined;
      });
      if (answer !== undefined && !mayPass.has(answer.status)) return this.#checked(request, answer);
      answer?.body.destroy();
      await delay(pause, undefined, { signal }).catch(() => throwIfAborted(signal));
    }
    return this.#checked(request, await this.#once(request, signal));
  }

  /**
   * Sends a request and reads its answer as text. Throws MlopsError, also for an error that comes with a status of success: servers
   * say that all is well before they copy or put parts together.
   */
  async text(request: S3Request, signal: AbortSignal): Promise<string> {
    const { body, status } = await this.send(request, signal);
    const text = await this.#textOf(body, signal);
    const { bucket, key } = request;
    if (isRefusal(text)) throw this.refusal({ status: status < 300 ? 500 : status, text, bucket, key });
    return text;
  }

  /** What a server's refusal means. */
  refusal(answer: Answered): MlopsError {
    return answered(this.#address, answer);
  }

  /** An address that lets anyone read an object for so many seconds, from 1 to 604,800. Nothing is asked. */
  link({ bucket, key }: ObjectName, seconds: number): Promise<string> {
    return this.#client.presignedUrl('GET', bucket, key, seconds);
  }

  async #once(
    { method, bucket, key, query, headers, body, silenceMs = this.bounds.silence }: S3Request,
    signal: AbortSignal,
  ): Promise<S3Answer> {
    const sending: Sending = { signal, silenceMs, answered: Promise.withResolvers() };
    const options = {
      ...{ method, query: query ?? '' },
      headers: { ...headers },
      ...(bucket === undefined ? {} : { bucketName: bucket }),
      ...(key === undefined ? {} : { objectName: key }),
    };
    try {
      const answer = await this.#sending.run(sending, () =>
        body === undefined || Buffer.isBuffer(body)
          ? this.#client.makeRequestAsync(options, body ?? '', [200], this.#address.region)
          : this.#withBody(options, body, sending.answered.promise),
      );
      const { status = 0 } = sending;
      return { status, headers: answer.headers, body: answer };
    } catch (error) {
      throwIfAborted(signal);
      throw unreachable(this.#address, error);
    }
  }

  #withBody(
    options: RequestOption,
    body: SentBytes,
    answered: Promise<http.IncomingMessage>,
  ): Promise<http.IncomingMessage> {
    const length = body.pieces.reduce((sum, piece) => sum + piece.length, 0);
    const headers = { ...options.headers, 'content-length': String(length), 'content-md5': body.md5 };
    const sent = Readable.from(slices(body, answered), { objectMode: false, highWaterMark: sliceBytes });
    const { region } = this.#address;
    return this.#forBodies.makeRequestStreamAsync({ ...options, headers }, sent, '', [200], region);
  }

  async #checked({ expected = [200], bucket, key }: S3Request, answer: S3Answer): Promise<S3Answer> {
    if (expected.includes(answer.status)) return answer;
    const text = await this.#textOf(answer.body, AbortSignal.timeout(this.bounds.silence)).catch(() => '');
    const { 'x-amz-bucket-region': found } = answer.headers;
    const region = typeof found === 'string' ? found : undefined;
    throw this.refusal({ status: answer.status, text, bucket, key, region });
  }

  async #textOf(body: http.IncomingMessage, signal: AbortSignal): Promise<string> {
    const pieces: Buffer[] = [];
    let size = 0;
    try {
      for await (const piece of body as AsyncIterable<Buffer>) {
        throwIfAborted(signal);
        pieces.push(piece);
        size += piece.length;
        if (size > largestText)
          throw new MlopsError('internal', `${this.name} answered with more than is read.`);
      }
    } catch (error) {
      throwIfAborted(signal);
      throw error instanceof MlopsError ? error : unreachable(this.#address, error);
    } finally {
      body.destroy();
    }
    return Buffer.concat(pieces).toString('utf8');
  }

  #transport({ request }: Pick<typeof http, 'request'>): typeof http.request {
    const send = (options: http.RequestOptions, listener: (answer: http.IncomingMessage) => void) => {
      const sending = this.#sending.getStore();
      const silenceMs = sending?.silenceMs ?? this.bounds.silence;
      const sent = request(
        { ...options, ...(sending === undefined ? {} : { signal: sending.signal }) },
        (answer) => {
          if (sending !== undefined && answer.statusCode !== undefined) {
            sending.status = answer.statusCode;
            answer.statusCode = 200;
          }
          sending?.answered.resolve(answer);
          answer.setTimeout(silenceMs, () => answer.destroy(new Error('It went silent.')));
          listener(answer);
        },
      );
      sent.setTimeout(silenceMs, () => sent.destroy(new Error('It went silent.')));
      return sent;
    };
    return send as typeof http.request;
  }
}

function ownAgent(isSecure: boolean, authority: string | undefined): http.Agent {
  if (!isSecure) return new http.Agent({ keepAlive: true });
  return new https.Agent({ keepAlive: true, ...(authority === undefined ? {} : { ca: authority }) });
}

/** True where an answer is an error and nothing else. */
function isRefusal(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?<Error[\s>]/.test(text);
}

/**
 * Large pieces in slices, so that what was sent is known as it goes, and an answer that comes before the end (a refusal) is
 * read before more is written to a connection that the server may have closed.
 */
async function* slices(
  { pieces, onSent, isCareful = false }: SentBytes,
  answered: Promise<http.IncomingMessage>,
): AsyncIterable<Uint8Array> {
  let sent = 0;
  for (const piece of pieces) {
    for (let start = 0; start < piece.length;) {
      const slice = piece.subarray(start, start + (isCareful && sent === 0 ? firstBytes : sliceBytes));
      if (sent > 0) await nextTurn();
      if (isCareful && sent === firstBytes) await unlessRefused(answered);
      yield slice;
      start += slice.length;
      sent += slice.length;
      onSent?.(sent);
    }
  }
}

/** Ends after a moment. Throws when a refusal came instead, and was read. */
async function unlessRefused(answered: Promise<http.IncomingMessage>): Promise<void> {
  const refusal = await Promise.race([answered, delay(refusalMs)]);
  if (refusal === undefined) return;
  if (!refusal.closed) await once(refusal, 'close');
  throw new Error('The server refused it.');
}
