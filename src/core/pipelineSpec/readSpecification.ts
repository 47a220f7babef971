import type * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { own } from '../domain/own.ts';
import type { Remark } from '../domain/pipeline.ts';
import { checkReferences } from './checkReferences.ts';
import { misreadDefaults } from './misreadDefaults.ts';
import { pipelineSpecSchema, platformSpecSchema, type PipelineSpec, type PlatformSpec } from './schema.ts';

/** One document of a YAML or JSON text. `lineOf` gives the line of the deepest existing part of `path`. */
export interface SpecDocument {
  readonly value: unknown;
  lineOf(path: readonly PropertyKey[]): number;
}

/** Why a file that claims to be a pipeline cannot be used. */
export interface SpecProblem {
  readonly what: string;
  readonly message: string;
  readonly line?: number;
  readonly hint?: string;
  /** The pipeline's name, if it could be read. */
  readonly name?: string;
}

/** A checked specification. `json` is all of it, for the backend that runs it. */
export interface Specification {
  readonly spec: PipelineSpec;
  readonly json: JsonObject;
  readonly platform: PlatformSpec | undefined;
  /** The runtime configuration beside a wrapped specification. */
  readonly runtimeConfig?: JsonObject;
  readonly line: number;
  /** Remarks on the file itself, or on compiling it. */
  readonly remarks?: readonly Remark[];
  /** The workspace folder that paths in it start at. */
  readonly root?: string;
}

/** What a file is: `other` is no pipeline. */
export type PipelineFile =
  | { readonly kind: 'pipeline'; readonly specification: Specification }
  | { readonly kind: 'problem'; readonly problem: SpecProblem }
  | { readonly kind: 'other' };

const other: PipelineFile = { kind: 'other' };

/**
 * Reads documents as a compiled pipeline: a PipelineSpec, bare or wrapped, with or without a platform document. A pipeline
 * that is broken says where. `text` is what they were read from, where that was YAML.
 */
export function readSpecification(documents: readonly SpecDocument[], text = ''): PipelineFile {
  for (const document of documents) {
    const file = readDocument(document, documents, text);
    if (file.kind !== 'other') return file;
  }
  return other;
}

function readDocument(document: SpecDocument, all: readonly SpecDocument[], text: string): PipelineFile {
  const value = document.value;
  if (!isJsonObject(value)) return other;
  if (isLegacyWorkflow(value)) return legacy(value, document);
  if ('kind' in value && 'apiVersion' in value) return other;
  const wrapped = ['pipeline_spec', 'pipelineSpec'].find((key) => isJsonObject(own(value, key)));
  const inner = wrapped === undefined ? value : own(value, wrapped);
  if (!isJsonObject(inner) || !isSpecLike(inner)) return other;
  if (wrapped === undefined) return decode(inner, [], document, { platform: platformIn(all), text });
  const platform = value['platform_spec'] ?? value['platformSpec'];
  const runtimeConfig = value['runtimeConfig'] ?? value['runtime_config'];
  return decode(inner, [wrapped], document, { platform, runtimeConfig, text });
}

function isSpecLike(value: JsonObject): boolean {
  if ('pipelineInfo' in value || ('deploymentSpec' in value && !('platforms' in value))) return true;
  const root = value['root'];
  const rooted = isJsonObject(root) && ('dag' in root || 'executorLabel' in root);
  return rooted && ('schemaVersion' in value || 'sdkVersion' in value || 'components' in value);
}

function isLegacyWorkflow(value: JsonObject): boolean {
  if (value['kind'] !== 'Workflow' || !textOf(value['apiVersion']).startsWith('argoproj.io/')) return false;
  return JSON.stringify(value['metadata'] ?? {}).includes('pipelines.kubeflow.org/');
}

function legacy(value: JsonObject, document: SpecDocument): PipelineFile {
  const metadata = isJsonObject(value['metadata']) ? value['metadata'] : {};
  const annotations = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {};
  const version = annotations['pipelines.kubeflow.org/kfp_sdk_version'];
  const name = (textOf(metadata['generateName']) || textOf(metadata['name'])).replace(/-$/, '');
  const problem: SpecProblem = {
    what: 'legacy_pipeline',
    message: `Compiled with Kubeflow Pipelines ${typeof version === 'string' ? version : '1.x'}, as a workflow of Argo.`,
    hint: 'Compile it anew with the Kubeflow Pipelines SDK 2.',
    line: document.lineOf([]),
    ...(name === '' ? {} : { name }),
  };
  return { kind: 'problem', problem };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function platformIn(documents: readonly SpecDocument[]): unknown {
  return documents
    .map((document) => document.value)
    .find((value) => isJsonObject(value) && 'platforms' in value);
}

/** What comes with a specification: platform, runtime configuration, and its text. */
interface Beside {
  readonly platform: unknown;
  readonly runtimeConfig?: Json | undefined;
  readonly text: string;
}

function decode(
  json: JsonObject,
  specPath: readonly string[],
  document: SpecDocument,
  { platform, runtimeConfig, text }: Beside,
): PipelineFile {
  const line = (path: readonly PropertyKey[]) => document.lineOf([...specPath, ...path]);
  const parsed = pipelineSpecSchema.safeParse(json);
  const name = specName(json);
  // Decoding drops such a name, so that the checked specification would differ from the one that runs.
  const odd = pathOf(json, '__proto__');
  if (odd !== undefined)
    return broken('not_a_pipeline', 'Nothing in a pipeline can be named __proto__.', line(odd), name);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return broken(
      'not_a_pipeline',
      issue ? inWords(issue) : 'Not a PipelineSpec.',
      line(issue?.path ?? []),
      name,
    );
  }
  const wrong = checkReferences(parsed.data);
  if (wrong) return broken('broken_reference', wrong.message, line(wrong.path), name);
  const decodedPlatform = platformSpecSchema.safeParse(platform);
  const remarks = misreadDefaults(parsed.data, (path) => text.split('\n')[line(path) - 1] ?? '');
  const specification = {
    spec: parsed.data,
    json,
    platform: decodedPlatform.data,
    line: line(['pipelineInfo']),
    ...(remarks.length === 0 ? {} : { remarks }),
  };
  return {
    kind: 'pipeline',
    specification: isJsonObject(runtimeConfig) ? { ...specification, runtimeConfig } : specification,
  };
}

/** The path of the first key with this name, at any depth. */
function pathOf(json: Json, name: string): readonly string[] | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  if (Object.hasOwn(json, name)) return [name];
  for (const [key, value] of Object.entries(json)) {
    const rest = pathOf(value, name);
    if (rest !== undefined) return [key, ...rest];
  }
  return undefined;
}

function specName(json: JsonObject): string | undefined {
  const info = json['pipelineInfo'];
  return isJsonObject(info) && typeof info['name'] === 'string' ? info['name'] : undefined;
}

/** "root.dag.tasks.train.componentRef is missing" instead of the schema library's message. */
function inWords(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.') || 'The file';
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined && issue.message.includes('undefined')) return `${path} is missing.`;
    return `${path} must be ${own(typeWords, issue.expected) ?? issue.expected}.`;
  }
  if (issue.code === 'too_small') return `${path} is empty.`;
  return `${path} is not what a pipeline has there: ${issue.message}.`;
}

const typeWords: { readonly [type: string]: string } = {
  string: 'text',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
};

function broken(what: string, message: string, line?: number, name?: string): PipelineFile {
  const more = { ...(line === undefined ? {} : { line }), ...(name === undefined ? {} : { name }) };
  return { kind: 'problem', problem: { what, message, ...more } };
}
