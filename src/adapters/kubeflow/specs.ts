import { isJsonObject, type JsonObject } from '../../core/domain/json.ts';
import {
  readSpecification,
  type Specification,
  type SpecProblem,
} from '../../core/pipelineSpec/readSpecification.ts';

/** A pipeline as the server keeps it: readable, of the first kind, or something else. */
export type StoredSpec =
  | { readonly kind: 'spec'; readonly specification: Specification }
  | { readonly kind: 'problem'; readonly problem: SpecProblem };

/** Reads what the server returns: the bare specification, or one with its platform document beside it. */
export function readStored(json: JsonObject | undefined): StoredSpec {
  if (json === undefined) return missing();
  const file = readSpecification([{ value: json, lineOf: () => 1 }]);
  if (file.kind === 'other') return isWorkflow(json) ? legacy() : missing();
  if (file.kind === 'problem') return file;
  const inner = json['pipeline_spec'];
  const specification = isJsonObject(inner) ? { ...file.specification, json: inner } : file.specification;
  return { kind: 'spec', specification };
}

/** The specification in the form that a run of it is made with. */
export function toStored({ json, platform }: Specification, cache: boolean): JsonObject {
  const spec = cache ? json : withoutCache(json);
  return platform === undefined
    ? spec
    : { pipeline_spec: spec, platform_spec: platform as unknown as JsonObject };
}

/** The same specification, whose tasks all run anew. */
function withoutCache(json: JsonObject): JsonObject {
  return changed(json) as JsonObject;
}

function changed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(changed);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === 'cachingOptions' ? {} : changed(inner),
  ]);
  return Object.fromEntries(entries);
}

/** True when a task may take its outputs from an earlier run. */
export function usesCache(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(usesCache);
  if (!isJsonObject(value)) return false;
  const options = value['cachingOptions'];
  if (isJsonObject(options) && options['enableCache'] === true) return true;
  return Object.values(value).some(usesCache);
}

function isWorkflow(json: JsonObject): boolean {
  return json['kind'] === 'Workflow';
}

function legacy(): StoredSpec {
  const message = 'A pipeline of Kubeflow Pipelines 1, as a workflow of Argo.';
  const hint = 'Compile it anew with the Kubeflow Pipelines SDK 2.';
  return { kind: 'problem', problem: { what: 'legacy_pipeline', message, hint } };
}

function missing(): StoredSpec {
  const message = 'The server keeps no readable specification of it.';
  return { kind: 'problem', problem: { what: 'no_specification', message } };
}
