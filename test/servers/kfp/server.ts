import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OldRefusal, Refusal } from './failure.ts';
import { type Life, PlannedLife } from './life.ts';
import { Mirror, type MirrorOptions } from './mirror.ts';
import { fireSchedules } from './recurringRuns.ts';
import { notAllowed, routes } from './routes.ts';
import type { Scene } from './scene.ts';
import { Unanswerable } from './specs.ts';
import { createState, type State } from './state.ts';
import type { Struct } from './struct.ts';
import { TextRefusal } from './uploads.ts';

export interface KfpServerOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** How long a driver of a played run takes, in milliseconds; a container takes two of these. */
  readonly step?: number;
  /** How far its clock is behind when it starts, in milliseconds. */
  readonly behind?: number;
  /** What the containers of a new run do; undefined for a run whose pods nobody plays. Absent: all work. */
  readonly sceneOf?: (run: NewRun) => Scene | undefined;
  /** Another life for a new run than one that is made up from its pipeline. */
  readonly lifeOf?: (run: NewRun, now: number) => Life | undefined;
  /** The Kubernetes that its runs' workflows and pods are written to. */
  readonly kubernetes?: MirrorOptions;
}

export interface NewRun {
  readonly id: string;
  readonly spec: Struct;
  readonly name: string;
  readonly parameters: Struct;
  /** The name of its workflow, where a schedule made it. */
  readonly scheduled?: string;
}

export interface KfpServer {
  /** `http://127.0.0.1:40123`, without a slash at its end. */
  readonly address: string;
  readonly state: State;
  /** How often each `METHOD /path` was asked. */
  readonly calls: readonly string[];
  /** Moves the clock ahead. */
  advance(milliseconds: number): void;
  /** Answers requests that it picks with a status and a text instead of the truth, until it is called with undefined. */
  interfere(how: Interference | undefined): void;
  /** Comes back when its Kubernetes, where it has one, shows what happened until now. */
  written(): Promise<void>;
  close(): Promise<void>;
}

/** What happens to a request instead; undefined lets it pass. `cut` works on it and drops the connection. */
export type Interference = (
  method: string,
  path: string,
  query: URLSearchParams,
) => { readonly status: number; readonly body: string } | 'cut' | undefined;

/** A stand-in for the API server of Kubeflow Pipelines 2.17.0, on the loopback, with its state in memory. */
export async function startKfpServer(options: KfpServerOptions = {}): Promise<KfpServer> {
  let ahead = -(options.behind ?? 0);
  let interference: Interference | undefined;
  const now = () => Date.now() + ahead;
  const calls: string[] = [];
  const state = createState({ now, begin: (run) => beginLife(run, now(), options) });
  const mirror = options.kubernetes === undefined ? undefined : new Mirror(options.kubernetes);
  mirror?.start(state, options.step ?? 1000);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://kfp');
    calls.push(`${request.method} ${url.pathname}`);
    const instead = interference?.(request.method ?? '', url.pathname, url.searchParams);
    void answer(state, request, response, instead);
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  server.keepAliveTimeout = 60_000;
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    state,
    calls,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    interfere: (how) => {
      interference = how;
    },
    written: async () => mirror?.write(state),
    close: async () => {
      await mirror?.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function beginLife(
  run: NewRun,
  now: number,
  { step = 1000, sceneOf = () => ({}), lifeOf }: KfpServerOptions,
): Life {
  const own = lifeOf?.(run, now);
  if (own !== undefined) return own;
  const scene = sceneOf(run);
  const spec = (run.spec['pipeline_spec'] ?? run.spec) as Struct;
  return new PlannedLife({
    pipeline: run.name,
    spec,
    handing: { run: run.id, parameters: run.parameters },
    createdAt: run.scheduled === undefined ? now : now - 2 * step,
    ...(run.scheduled === undefined ? {} : { scheduled: run.scheduled }),
    step,
    ...(scene === undefined || spec['root'] === undefined ? {} : { scene }),
  });
}

async function answer(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  instead: ReturnType<Interference>,
): Promise<void> {
  const bytes = await bodyOf(request);
  if (typeof instead === 'object') {
    response.writeHead(instead.status, { 'content-type': 'text/plain' }).end(instead.body);
    return;
  }
  const outcome = await outcomeOf(state, request, bytes);
  if (outcome === undefined) return;
  const { status, type, text } = outcome;
  if (instead === 'cut') {
    request.socket.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': type });
  response.end(request.method === 'HEAD' ? '' : text);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

interface Outcome {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const json = 'application/json';
const plainText = 'text/plain; charset=utf-8';

/** Undefined for what is never answered. */
async function outcomeOf(
  state: State,
  request: IncomingMessage,
  bytes: Buffer,
): Promise<Outcome | undefined> {
  try {
    fireSchedules(state);
    const answered = await work(state, request, bytes);
    if (typeof answered === 'string') return { status: 200, type: plainText, text: answered };
    const type = 'error_message' in answered ? plainText : json;
    return { status: 200, type, text: JSON.stringify(answered) };
  } catch (error) {
    return error instanceof Unanswerable ? undefined : refusedOf(error);
  }
}

function refusedOf(error: unknown): Outcome {
  if (error instanceof Refusal) return { status: error.status, type: json, text: JSON.stringify(error.body) };
  if (error instanceof TextRefusal) return { status: 400, type: plainText, text: error.message };
  if (error instanceof OldRefusal) {
    const { status, message, named } = error;
    const body = { error_message: message, error_details: message };
    return { status, type: named ? json : plainText, text: JSON.stringify(body) };
  }
  if (error instanceof OutsideApi) return { status: 404, type: plainText, text: '404 page not found\n' };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, type: json, text: JSON.stringify({ code: 13, message }) };
}

class OutsideApi extends Error {}

async function work(state: State, request: IncomingMessage, bytes: Buffer): Promise<object | string> {
  const [path = '/', query = ''] = (request.url ?? '/').replace(/^\/+/, '/').split('?');
  if (!path.startsWith('/apis/')) throw new OutsideApi();
  const method = request.method ?? 'GET';
  const matching = routes.filter((route) => route.path.test(path));
  const found = matching.find(({ methods }) => Object.hasOwn(methods, method));
  const [chosen = matching[0]] = [found];
  if (chosen === undefined) throw new Refusal(5, 'Not Found');
  const handle = chosen.methods[method];
  const open = (chosen.path.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part ?? ''));
  if (open.some((part) => part.includes('/'))) throw new Refusal(5, 'Not Found');
  if (handle === undefined) throw notAllowed();
  return handle(state, {
    method,
    query: new URLSearchParams(query),
    form: { type: request.headers['content-type'] ?? '', bytes },
    body: bytes.toString('utf8'),
    open,
  });
}
