import { randomBytes, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { differenceOf, type Exchange } from './compare.ts';
import { bodyFor, type RecordedRequest } from './request.ts';
import { type KfpServer, startKfpServer } from './server.ts';
import type { Scene } from './scene.ts';

interface Step {
  readonly what: string;
  readonly request?: RecordedRequest;
  readonly response?: {
    readonly status?: number;
    readonly headers?: { readonly 'content-type'?: string };
    readonly body?: unknown;
    readonly ms?: number;
    /** There was no answer. */
    readonly none?: string;
  };
  readonly captures?: { readonly [name: string]: string };
  readonly until?: { readonly [path: string]: unknown };
  readonly pause?: number;
  readonly compute?: { readonly [name: string]: string };
  readonly play?: Scene;
  readonly run?: string;
  readonly kube?: { readonly workflow?: string; readonly workflowOfRun?: string };
}

interface Scenario {
  readonly scenario: string;
  readonly steps: readonly Step[];
}

/** What came of a folder: how many exchanges there were, and each that differs. */
export interface Replayed {
  readonly exchanges: number;
  readonly differences: readonly string[];
}

type Variables = Map<string, string>;

/** Plays every scenario of a folder, each against a server of its own. A file that cannot be read counts as a difference. */
export async function replayFolder(folder: string): Promise<Replayed> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  let exchanges = 0;
  const differences: string[] = [];
  for (const file of files.toSorted()) {
    const played = await replayFile(path.join(folder, file)).catch((error: unknown) => ({
      exchanges: 1,
      differences: [`cannot be played: ${error instanceof Error ? error.message : String(error)}`],
    }));
    exchanges += played.exchanges;
    differences.push(...played.differences.map((one) => `${file}: ${one}`));
  }
  return { exchanges, differences };
}

async function replayFile(file: string): Promise<Replayed> {
  const scenario = JSON.parse(await readFile(file, 'utf8')) as Scenario;
  return replayScenario(scenario, path.join(path.dirname(file), '..'));
}

/** Plays one scenario. `root` is where the files of its pipelines start. */
export async function replayScenario({ steps }: Scenario, root: string): Promise<Replayed> {
  // A run that is not played waits for its first driver, as on a server without a kubelet.
  const server = await startKfpServer({ step: 1000, sceneOf: () => undefined });
  const variables: Variables = new Map([['tag', `t${randomBytes(4).toString('hex')}`]]);
  const differences: string[] = [];
  let exchanges = 0;
  try {
    for (const step of steps) {
      if (step.request === undefined) {
        await prepare(step, server, variables);
        continue;
      }
      exchanges += 1;
      const { method, path: where } = step.request;
      const difference = await exchange(step, step.request, { server, variables, root });
      if (difference !== undefined) differences.push(`${step.what}: ${method} ${where}: ${difference}`);
    }
  } finally {
    await server.close();
  }
  return { exchanges, differences };
}

/** A step without a request: time passes, somebody plays pods or changes the cluster. */
async function prepare(step: Step, server: KfpServer, variables: Variables): Promise<void> {
  if (step.pause !== undefined) server.advance(step.pause * 1000);
  const now = server.state.now();
  const run = server.state.runs.get(filledIn(step.run ?? step.kube?.workflowOfRun ?? '', variables));
  if (step.play !== undefined) run?.life.play(step.play, now);
  if (step.kube?.workflowOfRun !== undefined) run?.life.vanish(now);
  for (const name of Object.keys(step.compute ?? {})) variables.set(name, computed(name, server, variables));
}

/** The pod and the node of a played task, or a fresh id. */
function computed(name: string, server: KfpServer, variables: Variables): string {
  if (!name.startsWith('podName')) return randomUUID();
  const life = server.state.runs.get(variables.get('runId') ?? '')?.life;
  const manifest: unknown = JSON.parse(life?.report(server.state.now()).manifest ?? '{}');
  const { status } = manifest as {
    status: { nodes: { [id: string]: { name: string; templateName: string } } };
  };
  const [id = '', node] =
    Object.entries(status.nodes).find(([, one]) => one.name.endsWith('.train-tree.executor')) ?? [];
  const workflow = life?.workflow ?? '';
  return name === 'podNameNode' ? id : `${workflow}-${node?.templateName}${id.slice(workflow.length)}`;
}

interface Place {
  readonly server: KfpServer;
  readonly variables: Variables;
  readonly root: string;
}

const mostTries = 300;

async function exchange(step: Step, request: RecordedRequest, place: Place): Promise<string | undefined> {
  const { server, variables } = place;
  if (step.response?.none !== undefined) return unanswered(request, place);
  let answer = await ask(request, place);
  for (let tries = 0; tries < mostTries && !holds(step.until, answer.body); tries += 1) {
    server.advance(500);
    answer = await ask(request, place);
  }
  for (const [name, from] of Object.entries(step.captures ?? {})) {
    const value = at(answer.body, from);
    if (typeof value === 'string') variables.set(name, value);
  }
  server.advance(step.response?.ms ?? 0);
  const recorded = recordedIn(step);
  return differenceOf(answer, recorded, {
    everything: isEverything(request),
    chance: isChance(request, recorded.body),
    reading: request.method === 'GET',
    moment: step.until !== undefined,
  });
}

/** How long an answer may take where none is expected, in milliseconds. */
const silence = 200;

async function unanswered(request: RecordedRequest, place: Place): Promise<string | undefined> {
  try {
    const { status } = await ask(request, place, AbortSignal.timeout(silence));
    return `status ${status}, recorded no answer`;
  } catch {
    return undefined;
  }
}

function recordedIn({ response = {} }: Step): Exchange {
  const { status = 0, headers = {}, body } = response;
  return { status, type: headers['content-type'] ?? '', body };
}

async function ask(
  request: RecordedRequest,
  { server, variables, root }: Place,
  signal?: AbortSignal,
): Promise<Exchange> {
  const query = new URLSearchParams(
    Object.entries(request.query ?? {}).map(([name, value]): [string, string] => [
      name,
      filledIn(value, variables),
    ]),
  );
  const where = filledIn(request.path, variables);
  const address = `${server.address}${where}${query.size > 0 ? `?${query.toString()}` : ''}`;
  const { body, headers } = await bodyFor(request, root, (text) => filledIn(text, variables));
  const response = await fetch(address, {
    method: request.method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type') ?? '', body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function filledIn(text: string, variables: Variables): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => variables.get(name) ?? whole);
}

/** A list that holds all there is, whoever made it. */
function isEverything({ method, path: where, query = {} }: RecordedRequest): boolean {
  const collection = /\/(?:experiments|runs|pipelines|recurringruns|jobs|tasks)$/.test(where);
  const narrowed = (query['filter'] ?? '').includes('{{') || query['experiment_id'] !== undefined;
  return method === 'GET' && collection && !narrowed;
}

/** A page of a list without an order of its own. */
function isChance({ query = {} }: RecordedRequest, body: unknown): boolean {
  const paged = query['page_token'] !== undefined || at(body, '$.next_page_token') !== undefined;
  return paged && !(query['sort_by'] ?? '').includes('name');
}

function holds(until: Step['until'], body: unknown): boolean {
  return Object.entries(until ?? {}).every(([from, wanted]) => {
    const value = at(body, from);
    if (wanted === '*') return value !== undefined;
    return Array.isArray(wanted) ? wanted.includes(value) : value === wanted;
  });
}

/** The value at "$.runs[0].run_id". */
function at(body: unknown, from: string): unknown {
  let value = body;
  for (const part of from.match(/\w+/g) ?? [])
    value =
      typeof value === 'object' && value !== null ? (value as { [key: string]: unknown })[part] : undefined;
  return value;
}
