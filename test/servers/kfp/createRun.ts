import { randomUUID } from 'node:crypto';
import { decodeBody, type Decoded } from './decode.ts';
import { internal, invalid, missing } from './failure.ts';
import * as messages from './messages.ts';
import { runOf, showRun } from './runs.ts';
import { checkParameters, compileSpec, formatProblem, isStruct, partOf, specName } from './specs.ts';
import { filled, type Run, type Source, type State } from './state.ts';
import type { Struct } from './struct.ts';
import { versionOf, versionsOf } from './versions.ts';

const failed = 'Failed to create a new run: ';

/** Makes a run from a version or a specification. */
export function createRun(state: State, body: string): object {
  const decoded = decodeBody(body, messages.run);
  const name = textIn(decoded, 'display_name');
  if (name === '')
    throw internal(
      'CreateJob(job.ToV2())Failed to create a run due to conversion error: ',
      'Failed to convert a API run detail to its internal representation: Invalid input error: Run name cannot be empty',
    );
  const experiment = experimentFor(
    state,
    textIn(decoded, 'experiment_id'),
    `${failed}Failed to create a run`,
  );
  const fetching = 'Failed to create a run due to error fetching manifest: ';
  const source = sourceOf(state, decoded, failed, fetching);
  const config = configOf(decoded);
  checkParameters(
    source.spec,
    partOf(config, 'parameters'),
    `${failed}Failed to generate the ExecutionSpec: `,
  );
  compileSpec(source.spec, failed);
  const run = addRun(state, {
    id: textIn(decoded, 'run_id') || randomUUID(),
    name,
    description: textIn(decoded, 'description'),
    experiment,
    source,
    config,
    serviceAccount: textIn(decoded, 'service_account') || 'pipeline-runner',
    plugins: decoded['plugins_input'],
    recurring: '',
  });
  return showRun(run, state.now());
}

/** Writes a run down, as far as the database takes it. */
export function addRun(
  state: State,
  { scheduled, ...made }: Omit<Run, 'life' | 'archived' | 'createdAt'> & { readonly scheduled?: string },
): Run {
  const { id, name } = made;
  const storing = (why: string) =>
    internal(`${failed}Failed to create a run: `, `Failed to store run ${name} to table: ${why}: ${why}`);
  if (name.length > 255) throw storing("Error 1406 (22001): Data too long for column 'DisplayName' at row 1");
  if (state.runs.has(id)) throw storing(`Error 1062 (23000): Duplicate entry '${id}' for key 'PRIMARY'`);
  const wide = /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify([made.name, made.description, made.config]));
  if (wide)
    throw storing(
      String.raw`Error 1366 (22007): Incorrect string value: '\xF0\x9F' for column 'PipelineRuntimeManifest'`,
    );
  const parameters = partOf(made.config, 'parameters');
  const { spec } = made.source;
  const workflow = scheduled === undefined ? {} : { scheduled };
  const life = state.begin({ id, spec, name: specName(spec), parameters, ...workflow });
  const run = { ...made, createdAt: state.now(), archived: false, life };
  state.runs.set(id, run);
  const experiment = state.experiments.get(made.experiment);
  if (experiment) experiment.lastRunAt = run.createdAt;
  return runOf(state, id, failed);
}

/** The experiment of a new run; where none is named, the first one. */
export function experimentFor(state: State, id: string, before: string): string {
  if (id === '') return state.defaultExperiment;
  if (state.experiments.has(id)) return id;
  throw missing(
    `${before} due to invalid experimentId and namespace combination: Failed to fetch namespace for experiment ${id}: Failed to fetch namespace from experiment ${id}: `,
    `Experiment ${id}`,
  );
}

/** The values of a run, with those alone that were given. */
export function configOf(decoded: Decoded): Struct {
  const config = decoded['runtime_config'];
  return isStruct(config) ? filled(config) : {};
}

/** What is to run. `fetching` is what its failure begins with. */
export function sourceOf(state: State, decoded: Decoded, before: string, fetching: string): Source {
  const spec = decoded['pipeline_spec'];
  const reference = decoded['pipeline_version_reference'];
  if (isStruct(spec)) {
    const problem = formatProblem(spec);
    if (problem !== undefined)
      throw internal(
        before,
        `${fetching}Failed to fetch a template with an invalid pipeline spec manifest: InvalidInputError: ${problem}: pipeline spec is invalid`,
      );
    return { spec };
  }
  const { pipeline_id: pipeline = '', pipeline_version_id: version = '' } = (reference ?? {}) as {
    [name: string]: string;
  };
  if (pipeline === '' && version === '')
    throw internal(
      before,
      `${fetching}Invalid input error: Failed to fetch a template with an empty pipeline spec manifest`,
    );
  return fromVersion(state, { pipeline, version }, before, fetching);
}

function fromVersion(
  state: State,
  { pipeline, version }: { readonly pipeline: string; readonly version: string },
  before: string,
  fetching: string,
): Source {
  const retrieving = `${fetching}Failed to fetch a template due to error retrieving pipeline version: `;
  const from = `${retrieving}Failed to fetch a pipeline version and its manifest from pipeline`;
  const wrapped = (error: unknown) =>
    internal(before, error instanceof Error ? error.message : String(error));
  try {
    const newest = versionsOf(state, pipeline)[0];
    if (version === '' && newest === undefined) throw noVersion(state, pipeline, `${from} ${pipeline}: `);
    const found = version === '' ? newest : versionOf(state, version, `${from} version ${version}: `);
    if (found === undefined) throw missing(from, version);
    if (pipeline !== '' && found.pipeline !== pipeline)
      throw invalid(
        retrieving,
        `Pipeline version ${version} belongs to pipeline ${found.pipeline} (not ${pipeline})`,
      );
    return {
      spec: found.spec,
      reference: { pipeline_id: found.pipeline, pipeline_version_id: found.id },
    };
  } catch (error) {
    throw wrapped(error);
  }
}

function noVersion(state: State, pipeline: string, before: string): Error {
  const latest = `${before}Failed to get the latest pipeline version`;
  return state.pipelines.has(pipeline)
    ? missing(`${latest} for a pipeline: `, `PipelineVersion ${pipeline}`)
    : missing(`${latest} as pipeline was not found: `, `Pipeline ${pipeline}`);
}

export function textIn(decoded: Decoded, name: string): string {
  const value = decoded[name];
  return typeof value === 'string' ? value : '';
}
