import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isJsonObject, type JsonObject } from '../../core/domain/json.ts';
import type { PipelineSummary, Remark } from '../../core/domain/pipeline.ts';
import { partsOfId } from '../../core/domain/pipelineVersion.ts';
import type { ExperimentId } from '../../core/domain/experiment.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { GivenPipeline } from '../../core/pipelineSpec/givenPipeline.ts';
import { packageSources } from '../../core/pipelineSpec/packageSources.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';
import { ChangedSince } from '../../core/ports/changedSince.ts';
import { cancelled, MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { Preparation, RunRequest } from '../../core/ports/pipelineBackend.ts';
import { asName } from '../../core/text/literal.ts';
import { type KubeflowApi, part } from './api.ts';
import type { ExperimentList } from './experiments.ts';
import { judgeForCluster } from './judge.ts';
import type { ServerPipelines } from './library.ts';
import { localPaths } from './localPaths.ts';
import { writeRecord } from './runRecord.ts';
import { nothing } from './schema.ts';
import { sendOnce } from './sendOnce.ts';
import { readServer } from './server.ts';
import { toStored } from './specs.ts';

const runs = '/apis/v2beta1/runs';

/** A pipeline that is to run: its specification where it may be read, and its version where the server has it. */
export interface Wanted {
  readonly summary: PipelineSummary;
  readonly specification?: Specification;
  readonly version?: string;
  /** Hash of a file that is not compiled yet. */
  readonly content?: string;
}

/** What is to run, in the fields that a run and a recurring run have in common, and what its pipeline is called. */
export interface CheckedRun {
  readonly pipeline: string;
  readonly body: { readonly description: string; readonly [field: string]: unknown };
}

/** Prepares and starts runs on a cluster. */
export class RunStarter {
  readonly #api: KubeflowApi;
  readonly #library: ServerPipelines;
  readonly #experiments: ExperimentList;

  constructor(api: KubeflowApi, library: ServerPipelines, experiments: ExperimentList) {
    this.#api = api;
    this.#library = library;
    this.#experiments = experiments;
  }

  async prepare(request: RunRequest, signal: AbortSignal): Promise<Preparation> {
    const wanted = await this.#wanted(request, signal);
    const { specification } = wanted;
    const { blockers, notes } =
      specification === undefined ? { blockers: [], notes: [] } : judgeForCluster(specification);
    const server = await readServer(this.#api, signal);
    return {
      install: [],
      sources: specification === undefined ? [] : packageSources(specification.spec),
      runsOn: server.words,
      blockers: [...server.blockers, ...blockers],
      notes: [...notes, ...(await localPaths(request.parameters))],
      fingerprint: fingerprint(wanted, this.#api.endpoint.address),
    };
  }

  /**
   * Starts a run under an id that is made from the request's key, so that a request whose answer was lost can be looked up and
   * repeated without starting a second run.
   */
  async create(request: RunRequest, signal: AbortSignal): Promise<RunId> {
    throwIfAborted(signal);
    const id = runIdOf(request.idempotencyKey);
    if (await this.#exists(id, signal)) return id;
    const { pipeline, body } = await this.checked(request, signal);
    throwIfAborted(signal);
    const name = request.name ?? `${pipeline}-${id.slice(0, 5)}`;
    await this.#post(id, { run_id: id, display_name: name, ...body });
    if (signal.aborted) {
      await this.#undo(id);
      throw cancelled();
    }
    return id;
  }

  /** What a request runs, as the server is told of it, once it is known to be what was agreed to and to run there. */
  async checked(request: RunRequest, signal: AbortSignal): Promise<CheckedRun> {
    const wanted = await this.agreed(request, signal);
    const { specification } = wanted;
    const experiment = request.experiment ?? (await this.#experiments.usual(signal));
    return {
      pipeline: specification.spec.pipelineInfo.name,
      body: bodyOf({ ...request, experiment }, wanted, specification),
    };
  }

  /** The checked specification of a pipeline, which is the one that was agreed to. */
  async agreed(
    request: Pick<RunRequest, 'pipeline' | 'given' | 'agreed'>,
    signal: AbortSignal,
  ): Promise<Wanted & { readonly specification: Specification }> {
    if (request.given !== undefined && request.given.kind !== 'spec') throw notCompiled(request.given);
    const wanted = await this.#wanted(request, signal);
    if (request.agreed !== undefined) this.#compare(request.agreed, wanted);
    const { specification } = wanted;
    if (specification === undefined) throw new MlopsError('internal', 'There is nothing to run.');
    const [blocker] = judgeForCluster(specification).blockers;
    if (blocker) throw blocked(blocker);
    return { ...wanted, specification };
  }

  async #wanted(
    { pipeline, given }: Pick<RunRequest, 'pipeline' | 'given'>,
    signal: AbortSignal,
  ): Promise<Wanted> {
    if (given === undefined) return this.#library.version(pipeline, signal);
    throwIfAborted(signal);
    switch (given.kind) {
      case 'spec':
        return { summary: given.pipeline, specification: given.specification };
      case 'outline':
        return { summary: given.pipeline, content: given.content };
      case 'uncompiled':
        return { summary: given.pipeline };
    }
  }

  #compare(agreed: string, wanted: Wanted): void {
    const changed = changedParts(agreed, fingerprint(wanted, this.#api.endpoint.address));
    if (changed.length > 0) throw new ChangedSince(wanted.summary.name, changed);
  }

  /** Sends the request once more when its answer was lost and the run is not there. */
  async #post(id: RunId, body: object): Promise<void> {
    const unhurried = new AbortController().signal;
    await sendOnce({
      what: 'the run was started',
      hint: 'List the runs before you start it again.',
      send: () => this.#send(body, unhurried),
      isThere: () => this.#exists(id, unhurried),
    });
  }

  async #send(body: object, signal: AbortSignal): Promise<void> {
    await this.#api.json({ method: 'POST', path: runs, body }, nothing, signal);
  }

  async #exists(id: RunId, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#api.json({ path: `${runs}/${part(id)}` }, nothing, signal);
      return true;
    } catch (error) {
      if (error instanceof MlopsError && error.kind === 'notFound') return false;
      throw error;
    }
  }

  /** Removes a run that nobody wants any more. */
  async #undo(id: RunId): Promise<void> {
    const { signal } = new AbortController();
    const path = `${runs}/${part(id)}`;
    await this.#api
      .text({ method: 'POST', path: `${path}:terminate`, body: {} }, signal)
      .catch(() => undefined);
    await this.#api.text({ method: 'DELETE', path }, signal).catch(() => undefined);
  }
}

function bodyOf(
  {
    parameters,
    cache,
    experiment,
  }: Pick<RunRequest, 'parameters' | 'cache'> & { readonly experiment: ExperimentId | undefined },
  { summary, version }: Wanted,
  specification: Specification,
): CheckedRun['body'] {
  // The server refuses null, also for a parameter that may be left out.
  const given = Object.entries(parameters).filter(([, value]) => value !== null);
  const { pipeline } = partsOfId(summary.id);
  const source =
    version !== undefined && cache
      ? { pipeline_version_reference: { pipeline_id: pipeline, pipeline_version_id: version } }
      : { pipeline_spec: toStored(specification, cache) };
  return {
    description: writeRecord({ ...summary, id: version === undefined ? summary.id : pipeline }),
    ...(experiment === undefined ? {} : { experiment_id: experiment }),
    ...source,
    ...(given.length === 0 ? {} : { runtime_config: { parameters: Object.fromEntries(given) } }),
  };
}

/** A uuid that is always the same for a key. */
function runIdOf(key: string): RunId {
  const hex = createHash('sha256').update(key).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-') as RunId;
}

const parts = z.object({ code: z.string(), place: z.string() });

function fingerprint({ summary, specification, content }: Wanted, address: string): string {
  const code: readonly unknown[] = [summary.id, specification?.json, specification?.platform, content];
  return JSON.stringify({ code: hash(code), place: hash(address) });
}

function changedParts(agreed: string, now: string): readonly string[] {
  const [before, after] = [agreed, now].map(readParts);
  if (before === undefined || after === undefined) return ['what it does'];
  return [
    ...(before.code === after.code ? [] : ['its code']),
    ...(before.place === after.place ? [] : ['the cluster that runs it']),
  ];
}

function readParts(text: string): z.infer<typeof parts> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return parts.safeParse(value).data;
}

/** A hash that does not depend on the order of keys, which a server may change. */
function hash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)) ?? '')
    .digest('base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function blocked({ message, hint }: Remark): MlopsError {
  return new MlopsError('unsupported', message, { hint });
}

function notCompiled({ pipeline }: Exclude<GivenPipeline, { readonly kind: 'spec' }>): MlopsError {
  const name = pipeline.source.label ?? pipeline.name;
  return new MlopsError('forbidden', `Nobody has said yes to compiling ${asName(name)}.`, {
    hint: 'Run it again and allow it.',
  });
}
