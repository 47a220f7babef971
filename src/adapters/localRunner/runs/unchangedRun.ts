import { access } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../../core/domain/json.ts';
import { own } from '../../../core/domain/own.ts';
import type { PipelineId } from '../../../core/domain/pipeline.ts';
import type { RunId } from '../../../core/domain/run.ts';
import { throwIfAborted } from '../../../core/ports/mlopsError.ts';
import { readBounded } from '../../node/files.ts';
import type { Home } from '../home.ts';
import { runNumbers } from './listRuns.ts';
import type { RunReader } from './readRun.ts';
import type { RunRecord } from './runRecord.ts';

/** What makes a run what it is, as its request has it. */
export interface RunContent {
  readonly pipeline: PipelineId;
  readonly spec: JsonObject;
  readonly executors: JsonObject;
  readonly arguments: { readonly [name: string]: Json };
}

const mostLookedAt = 30;
const largestRequest = 5_000_000;
const request = z.object({ spec: z.json(), executors: z.json() });

/**
 * The newest run of the same pipeline, code, packages and values that succeeded and whose artifacts are all there: the cache
 * has every result that a new run would ask for. Undefined where there is none among the newest runs, or where something in
 * the pipeline differs from run to run or is never cached.
 */
export async function unchangedRun(
  content: RunContent,
  home: Home,
  reader: RunReader,
  signal: AbortSignal,
): Promise<RunId | undefined> {
  if (differsEachTime(content.spec)) return undefined;
  const values = canonicalJson(content.arguments);
  for (const number of (await runNumbers(home)).slice(0, mostLookedAt)) {
    throwIfAborted(signal);
    const record = await reader.record(number);
    if (record?.pipeline.id !== content.pipeline || !isReusable(record)) continue;
    if (canonicalJson(record.arguments) !== values) continue;
    if ((await hasSameCode(content, home, number)) && (await hasArtifacts(record))) return record.id as RunId;
  }
  return undefined;
}

/** True for tasks that are not cached, and for what is filled in with the run's own id, name or time. */
function differsEachTime(spec: JsonObject): boolean {
  const { root, components } = spec;
  const all = [root, ...Object.values(isJsonObject(components) ? components : {})];
  const runsCode = (name: Json | undefined) =>
    typeof name === 'string' && own(field(components, name), 'executorLabel') !== undefined;
  const uncached = all
    .flatMap((component) => Object.values(field(field(component, 'dag'), 'tasks')))
    .filter((task) => runsCode(own(field(task, 'componentRef'), 'name')))
    .some((task) => own(field(task, 'cachingOptions'), 'enableCache') !== true);
  return uncached || /\{\{\$\.pipeline_(?:job|task)_/.test(JSON.stringify(spec));
}

/** A field that is an object; an empty one where it is none. */
function field(value: Json | undefined, name: string): JsonObject {
  const found = isJsonObject(value) ? own(value, name) : undefined;
  return isJsonObject(found) ? found : {};
}

const reusable: readonly string[] = ['task', 'dag', 'loop', 'iteration', 'condition'];

/** An importer reads anew, and an exit handler is told how this very run ended. */
function isReusable({ state, tasks }: RunRecord): boolean {
  return state === 'succeeded' && tasks.every(({ kind }) => reusable.includes(kind));
}

async function hasSameCode({ spec, executors }: RunContent, home: Home, number: number): Promise<boolean> {
  const text = await readBounded(path.join(home.run(number), 'request.json'), largestRequest);
  const before = text === undefined ? undefined : request.safeParse(JSON.parse(text));
  return (
    before?.success === true &&
    canonicalJson(before.data.spec as Json) === canonicalJson(spec) &&
    canonicalJson(withoutEnvironments(before.data.executors as Json)) ===
      canonicalJson(withoutEnvironments(executors))
  );
}

/** Executors by code and packages: which environment has these does not change a result. */
function withoutEnvironments(executors: Json): Json {
  if (!isJsonObject(executors)) return executors;
  const entries = Object.entries(executors).map(([label, executor]): [string, Json] => {
    if (!isJsonObject(executor)) return [label, executor];
    const { environment: _, ...rest } = executor;
    return [label, rest];
  });
  return Object.fromEntries(entries);
}

/** Metrics are kept in the record, and seldom have a file. */
const hasFile = ({ type, uri }: { readonly type: string; readonly uri: string }) =>
  !type.endsWith('Metrics') && path.isAbsolute(uri);

async function hasArtifacts({ tasks }: RunRecord): Promise<boolean> {
  const files = tasks.flatMap(({ artifacts }) => artifacts ?? []).filter(hasFile);
  const there = await Promise.all(files.map(({ uri }) => isThere(uri)));
  return !there.includes(false);
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
