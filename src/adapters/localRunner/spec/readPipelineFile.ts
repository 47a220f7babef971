import type * as z from 'zod';
import { isJsonObject } from '../../../core/domain/json.ts';
import type { Json, JsonObject } from '../../../core/domain/json.ts';
import type { Remark } from '../../../core/domain/pipeline.ts';
import { own } from '../../../core/domain/own.ts';
import { checkReferences } from '../../../core/pipelineSpec/checkReferences.ts';
import { misreadDefaults } from './misreadDefaults.ts';
import { readYaml } from './readYaml.ts';
import type { YamlDocument } from './readYaml.ts';
import { pipelineSpecSchema, platformSpecSchema } from '../../../core/pipelineSpec/schema.ts';
import type { PipelineSpec, PlatformSpec } from '../../../core/pipelineSpec/schema.ts';

/** Why a file that says it is a pipeline cannot be used. */
export interface SpecProblem {
  readonly what: string;
  readonly message: string;
  readonly line?: number;
  readonly hint?: string;
  /** The pipeline's name, where that much could be read. */
  readonly name?: string;
}

/** A pipeline of a file. `json` is the whole specification, as it goes to the runner. */
export interface SpecFile {
  readonly spec: PipelineSpec;
  readonly json: JsonObject;
  readonly platform: PlatformSpec | undefined;
  /** What a wrapped specification has beside it for a run. */
  readonly runtimeConfig?: JsonObject;
  readonly line: number;
  /** What is said of the file itself, or was while it was made from a Python file. */
  readonly remarks?: readonly Remark[];
  /** The workspace folder that paths in it start at. */
  readonly root?: string;
}

export type PipelineFile =
  | { readonly kind: 'pipeline'; readonly file: SpecFile }
  | { readonly kind: 'problem'; readonly problem: SpecProblem }
  | { readonly kind: 'other' };

const other: PipelineFile = { kind: 'other' };

/**
 * Reads a file as a compiled pipeline: a PipelineSpec as YAML or JSON, bare or wrapped, with or without a platform
 * document. Anything else that YAML is used for is `other`; a pipeline that is broken says where.
 */
export function readPipelineFile(text: string): PipelineFile {
  if (!mentionsPipeline(text)) return other;
  const read = readYaml(text);
  if (!read.ok) {
    return claimsPipeline(text)
      ? broken('not_yaml', read.problem.message, read.problem.line, nameIn(text))
      : other;
  }
  for (const document of read.documents) {
    const found = readDocument(document, read.documents, text);
    if (found.kind !== 'other') return found;
  }
  return other;
}

/** Cheap: no parsing for the many YAML files that are something else. */
function mentionsPipeline(text: string): boolean {
  return /pipelineInfo|deploymentSpec|pipeline_?spec|schemaVersion|argoproj\.io/i.test(text);
}

/** For a file that cannot be parsed: does it look as if it should be a pipeline? */
export function claimsPipeline(text: string): boolean {
  return /^# PIPELINE DEFINITION|^ {0,2}["']?(pipelineInfo|deploymentSpec|pipeline_?spec)["']?\s*:/im.test(
    text,
  );
}

function nameIn(text: string): string | undefined {
  const found =
    /^# Name: (.+)$/m.exec(text) ??
    /pipelineInfo["']?\s*:\s*\{?\s*["']?name["']?\s*:\s*["']?([^"'\n}]+)/.exec(text);
  return found?.[1]?.trim();
}

function readDocument(document: YamlDocument, all: readonly YamlDocument[], text: string): PipelineFile {
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

function legacy(value: JsonObject, document: YamlDocument): PipelineFile {
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

function platformIn(documents: readonly YamlDocument[]): unknown {
  return documents
    .map((document) => document.value)
    .find((value) => isJsonObject(value) && 'platforms' in value);
}

interface Beside {
  readonly platform: unknown;
  readonly runtimeConfig?: Json | undefined;
  /** The whole file. */
  readonly text: string;
}

function decode(
  json: JsonObject,
  at: readonly string[],
  document: YamlDocument,
  { platform, runtimeConfig, text }: Beside,
): PipelineFile {
  const line = (path: readonly PropertyKey[]) => document.lineOf([...at, ...path]);
  const parsed = pipelineSpecSchema.safeParse(json);
  const name = specName(json);
  // Decoding leaves such a name out: it would be checked and shown without what is then run.
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
  const file = {
    spec: parsed.data,
    json,
    platform: decodedPlatform.data,
    line: line(['pipelineInfo']),
    ...(remarks.length === 0 ? {} : { remarks }),
  };
  return {
    kind: 'pipeline',
    file: isJsonObject(runtimeConfig) ? { ...file, runtimeConfig } : file,
  };
}

/** The way to a key of this name, wherever it stands. */
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

/** "root.dag.tasks.train.componentRef is missing" instead of a schema library's words. */
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
