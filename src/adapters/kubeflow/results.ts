import type { Artifact, Metric } from '../../core/domain/artifact.ts';
import type { Json, JsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import type { RunId, TaskRun } from '../../core/domain/run.ts';
import { pipelineOutputs } from '../../core/pipelineSpec/pipelineOutputs.ts';
import type { PipelineSpec } from '../../core/pipelineSpec/schema.ts';
import { type LeafTask, leafTasks, type Values } from '../../core/pipelineSpec/walkTasks.ts';
import { atOnce } from './atOnce.ts';
import { executorInputIn, type RuntimeArtifact, typeName } from './executor.ts';
import { Passed, type Row } from './passed.ts';
import type { TaskFacts } from './taskFacts.ts';
import type { ToldTask } from './tasks.ts';

/** The tasks of a run with what they read and wrote, and the values that the run returned. */
export interface Results {
  readonly told: readonly ToldTask[];
  readonly outputs: { readonly [name: string]: Json };
  /** Tasks that wrote something of which nothing is known. */
  readonly untold: readonly ToldTask[];
  /** The run that wrote what the cache gave a task, by the task's path. */
  readonly takenFrom?: ReadonlyMap<string, string>;
}

export interface Asked {
  readonly run: RunId;
  readonly told: readonly ToldTask[];
  readonly spec: PipelineSpec;
  readonly parameters: Values;
  /** True for a run that has ended. */
  readonly final: boolean;
  /** The tasks whose logs are read; all where it is left out. */
  readonly only?: (leaf: LeafTask) => boolean;
}

/** How many logs are read for one run, and how many at once. */
const mostLogs = 200;
const mostAtOnce = 8;

/** Adds what workflow and logs tell of the tasks of a run. */
export async function withResults(asked: Asked, facts: TaskFacts, signal: AbortSignal): Promise<Results> {
  const leaves = new Map(leafTasks(asked.spec, asked.parameters).map((leaf) => [leaf.path, leaf]));
  const rows = asked.told.map((told): Row => {
    const leaf = leaves.get(withoutIterations(told.run.path));
    const input = leaf === undefined ? undefined : executorInputIn(told.patch ?? '');
    return { told, leaf, input, facts: {} };
  });
  const known = await withFacts(rows, asked, facts, signal);
  const passed = new Passed(known);
  const told = known.map((row) => withRow(row, passed));
  const tasks = new Map(told.map(({ run }) => [run.path, run]));
  return {
    told,
    outputs: pipelineOutputs(asked.spec, tasks),
    untold: told.filter((one) => isUntold(one, leaves.get(withoutIterations(one.run.path)))),
  };
}

/** The component of a task, by its path in a run. */
export function leafOf(spec: PipelineSpec, path: string): LeafTask | undefined {
  return leafTasks(spec, {}).find((leaf) => leaf.path === withoutIterations(path));
}

/** The path of a task in its pipeline. */
export const withoutIterations = (path: string) => path.replaceAll(/\[\d+\](?=\/|$)/g, '');

async function withFacts(
  rows: readonly Row[],
  { run, final, only = () => true }: Asked,
  facts: TaskFacts,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const ended = rows.filter(({ told, leaf }) => told.attempts.length > 0 && leaf !== undefined && only(leaf));
  const read = await atOnce(ended.slice(0, mostLogs), mostAtOnce, async ({ told, leaf }) => {
    const found = leaf === undefined ? {} : await facts.of({ run, told, leaf, final }, signal);
    return [told, found] as const;
  });
  const known = new Map(read);
  return rows.map((row) => ({ ...row, facts: known.get(row.told) ?? {} }));
}

function withRow(row: Row, passed: Passed): ToldTask {
  const { told, leaf, input, facts } = row;
  const { run } = told;
  if (leaf === undefined || (told.attempts.length === 0 && !told.cached)) return told;
  const inputs = { ...known(leaf.known), ...passed.inputsOf(row), ...input?.inputs.parameterValues };
  const artifacts = hasEnded(told) ? artifactsOf(row, passed, inputs) : [];
  const metrics = artifacts.flatMap((artifact) => metricsIn(artifact, run.path));
  const outputs = { ...passed.valuesOf(run.path), ...facts.output?.parameterValues };
  const error = run.error && facts.error ? { error: facts.error } : {};
  return { ...told, run: { ...run, inputs, outputs, artifacts, metrics, ...error } };
}

const hasEnded = ({ run, cached }: ToldTask) => cached || run.state === 'succeeded';

function known(values: Values): { readonly [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(values).flatMap(([n, value]) => (value === undefined ? [] : [[n, value]])),
  );
}

function artifactsOf(
  { told, leaf, input, facts }: Row,
  passed: Passed,
  inputs: TaskRun['inputs'],
): readonly Artifact[] {
  const declared = Object.entries(leaf?.component.outputDefinitions?.artifacts ?? {});
  return declared.flatMap(([name, { artifactType }]) => {
    const sources = [
      imported(leaf, inputs),
      own(input?.outputs.artifacts, name)?.artifacts ?? [],
      passed.artifactsOf(told.run.path, name),
      own(facts.output?.artifacts, name)?.artifacts ?? [],
    ];
    const count = Math.max(...sources.map(({ length }) => length));
    const type = typeName(artifactType?.schemaTitle);
    return Array.from({ length: count }, (_, index) => {
      const given = sources.flatMap((list) => list[index] ?? []);
      return toArtifact(count > 1 ? `${name}[${index}]` : name, type, given);
    });
  });
}

/** What an importer hands on: it is where the pipeline, or one of its inputs, says. */
function imported(leaf: LeafTask | undefined, inputs: TaskRun['inputs']): readonly RuntimeArtifact[] {
  const { constant, runtimeParameter = '' } = leaf?.executor.importer?.artifactUri ?? {};
  const uri = constant ?? own(inputs, runtimeParameter);
  return typeof uri === 'string' ? [{ name: '', uri }] : [];
}

/** An artifact from all that tells of it; what comes later knows more. */
function toArtifact(name: string, type: string, sources: readonly RuntimeArtifact[]): Artifact {
  const uri = sources.findLast((source) => source.uri !== undefined && source.uri !== '')?.uri ?? '';
  const metadata: JsonObject = Object.assign({}, ...sources.map((source) => source.metadata ?? {}));
  return { name, type, uri, metadata: withoutInternals(metadata) };
}

/** What Kubeflow keeps for itself among the metadata. */
const internals = ['store_session_info', 'display_name', '_kfp_workspace'];

function withoutInternals(metadata: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => !internals.includes(name)));
}

function metricsIn({ name, type, metadata }: Artifact, task: string): readonly Metric[] {
  if (type !== 'Metrics') return [];
  return Object.entries(metadata).flatMap(([metric, value]) =>
    typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
      ? [{ name: metric, value, task, artifact: name }]
      : [],
  );
}

/** True for a task that returned values or figures which nothing tells. */
function isUntold(told: ToldTask, leaf: LeafTask | undefined): boolean {
  if (leaf === undefined || !hasEnded(told)) return false;
  const { parameters = {}, artifacts = {} } = leaf.component.outputDefinitions ?? {};
  const { run } = told;
  return (
    Object.keys(parameters).some((name) => !Object.hasOwn(run.outputs, name)) ||
    Object.entries(artifacts).some(([name, { artifactType }]) =>
      isWithout(run, name, artifactType?.schemaTitle),
    )
  );
}

function isWithout({ artifacts }: TaskRun, name: string, schema: string | undefined): boolean {
  const found = artifacts.filter((one) => one.name === name || one.name.startsWith(`${name}[`));
  if (found.length === 0) return true;
  return (
    typeName(schema).endsWith('Metrics') && found.every(({ metadata }) => Object.keys(metadata).length === 0)
  );
}
