import type { Artifact, Metric } from '../domain/artifact.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { Pipeline, PipelineSummary, Remark } from '../domain/pipeline.ts';
import type { Run, RunError, RunSummary, TaskError, TaskRun } from '../domain/run.ts';
import { type Redact, redactor } from '../text/redact.ts';
import type { NamedValues } from '../text/secretValues.ts';

/**
 * A run without secrets in its texts. What identifies, compares and repeats it is unchanged: ids, paths, parameters, and
 * the text of a failing line, which is searched for in the person's files.
 */
export function redactSummary(run: RunSummary): RunSummary {
  const hide = redactor(run);
  return {
    ...run,
    metrics: run.metrics.map((metric) => redactMetric(metric, hide)),
    ...(run.preparationStatus === undefined ? {} : { preparationStatus: hide(run.preparationStatus) }),
    ...(run.error === undefined ? {} : { error: redactFailure(run.error, hide) }),
  };
}

/** The same for a run in full. */
export function redactRun(run: Run): Run {
  const hide = redactor(run);
  return {
    ...run,
    ...redactSummary(run),
    tasks: run.tasks.map((task) => redactTask(task, hide)),
    outputs: redactObject(run.outputs, hide),
    notes: run.notes.map((note) => redactRemark(note, hide)),
  };
}

/** A pipeline without secrets in its texts; the values of its parameters are unchanged. */
export function redactSummaryOf<P extends PipelineSummary>(pipeline: P, hide: Redact): P {
  const { description, problem } = pipeline;
  return {
    ...pipeline,
    ...(description === undefined ? {} : { description: hide(description) }),
    ...(problem === undefined ? {} : { problem: redactRemark(problem, hide) }),
  };
}

/** The same for a pipeline in full. */
export function redactPipeline(pipeline: Pipeline): Pipeline {
  const hide = redactor({ parameters: knownValues(pipeline) });
  const parameters = pipeline.parameters.map((parameter) =>
    parameter.description === undefined
      ? parameter
      : { ...parameter, description: hide(parameter.description) },
  );
  return {
    ...redactSummaryOf(pipeline, hide),
    parameters,
    packages: pipeline.packages.map(hide),
    blockers: pipeline.blockers.map((blocker) => redactRemark(blocker, hide)),
    notes: pipeline.notes.map((note) => redactRemark(note, hide)),
  };
}

/** The defaults and choices of a pipeline's parameters. */
export function knownValues({ parameters }: Pipeline): NamedValues {
  return Object.fromEntries(
    parameters.map(({ name, default: value, choices = [] }) => [name, [...choices, value ?? null]]),
  );
}

/** A remark without secrets. */
export function redactRemark<R extends Remark>(remark: R, hide: Redact): R {
  const hint = remark.hint === undefined ? {} : { hint: hide(remark.hint) };
  return { ...remark, message: hide(remark.message), ...hint };
}

function redactTask(task: TaskRun, hide: Redact): TaskRun {
  return {
    ...task,
    inputs: redactObject(task.inputs, hide),
    outputs: redactObject(task.outputs, hide),
    artifacts: task.artifacts.map((artifact) => redactArtifact(artifact, hide)),
    metrics: task.metrics.map((metric) => redactMetric(metric, hide)),
    ...(task.error === undefined ? {} : { error: redactFailure(task.error, hide) }),
    ...(task.waitsFor === undefined ? {} : { waitsFor: hide(task.waitsFor) }),
  };
}

function redactFailure<E extends TaskError | RunError>(error: E, hide: Redact): E {
  const hint = 'hint' in error && error.hint !== undefined ? { hint: hide(error.hint) } : {};
  return { ...error, type: hide(error.type), message: hide(error.message), ...hint };
}

function redactMetric(metric: Metric, hide: Redact): Metric {
  const { name, value } = metric;
  return { ...metric, name: hide(name), value: typeof value === 'string' ? hide(value) : value };
}

function redactArtifact(artifact: Artifact, hide: Redact): Artifact {
  return { ...artifact, name: hide(artifact.name), metadata: redactObject(artifact.metadata, hide) };
}

function redactObject(object: JsonObject, hide: Redact): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [hide(name), redactJson(value, hide)]),
  );
}

/** JSON without secrets in its texts and names. */
export function redactJson(json: Json, hide: Redact): Json {
  if (typeof json === 'string') return hide(json);
  if (Array.isArray(json)) return json.map((element: Json) => redactJson(element, hide));
  return isJsonObject(json) ? redactObject(json, hide) : json;
}
