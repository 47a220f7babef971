import { parseAllDocuments } from 'yaml';
import { internal, invalid, Refusal } from './failure.ts';
import type { Struct } from './struct.ts';

const unknownFormat = 'unknown template format';
const fields = new Set([
  'pipelineInfo',
  'deploymentSpec',
  'schemaVersion',
  'sdkVersion',
  'components',
  'root',
  'defaultPipelineRoot',
]);

/** The real server loops for ever over a file that is no YAML; the stand-in never answers it either. */
export class Unanswerable extends Error {}

/** Reads a file as the server stores it: a second document is the platform's. Undefined for an empty one. */
export function specOf(text: string): Struct | undefined {
  const documents = parseAllDocuments(text);
  if (documents.some((document) => document.errors.length > 0)) throw new Unanswerable();
  const [first, second] = documents.map((document) => document.toJS() as unknown);
  if (first === undefined || first === null) return undefined;
  const spec = isStruct(first) ? first : { '': first };
  return isStruct(second) ? { pipeline_spec: spec, platform_spec: second } : spec;
}

/** A workflow of the first kind as the server stores it: with the empty fields that its types have. */
export function storedSpec(spec: Struct): Struct {
  const inner = partOf(spec, 'spec');
  if (!isWorkflow(spec) || !Array.isArray(inner['templates'])) return spec;
  const templates = (inner['templates'] as readonly Struct[]).map((template) => {
    const container = template['container'];
    const whole = { inputs: {}, metadata: {}, outputs: {}, ...template };
    return isStruct(container) ? { ...whole, container: { name: '', resources: {}, ...container } } : whole;
  });
  return { ...spec, spec: { ...inner, templates }, status: { finishedAt: null, startedAt: null } };
}

/** The pipeline itself, without its platform document. */
export function bareSpec(spec: Struct): Struct {
  return isStruct(spec['pipeline_spec']) ? spec['pipeline_spec'] : spec;
}

/** The pipeline's own name, or that of a workflow of the first kind. */
export function specName(spec: Struct): string {
  const bare = bareSpec(spec);
  const { pipelineInfo, metadata } = bare as { [part: string]: { [name: string]: string } | undefined };
  return pipelineInfo?.['name'] ?? (metadata?.['generateName'] ?? metadata?.['name'] ?? '').replace(/-$/, '');
}

/** Why a file is not accepted as a pipeline; undefined when it is. */
export function formatProblem(spec: Struct): string | undefined {
  const bare = bareSpec(spec);
  if (isWorkflow(bare)) return undefined;
  const root = bare['root'];
  if (Object.keys(bare).some((key) => !fields.has(key)) || specName(spec) === '' || !isStruct(root))
    return unknownFormat;
  const version = bare['schemaVersion'];
  if (version !== '2.1.0')
    return `KFP only supports schema version 2.1.0, but the pipeline spec has version ${String(version)}`;
  return undefined;
}

export function badName(spec: Struct): boolean {
  return !isWorkflow(bareSpec(spec)) && !/^[a-z0-9][a-z0-9-]*$/.test(specName(spec));
}

function isWorkflow(spec: Struct): boolean {
  return spec['kind'] === 'Workflow';
}

/** Throws what compiling a pipeline to a workflow would find. */
export function compileSpec(spec: Struct, before: string): void {
  const bare = bareSpec(spec);
  if (isWorkflow(bare)) return;
  const components = partOf(bare, 'components');
  const executors = partOf(partOf(bare, 'deploymentSpec'), 'executors');
  compileGraph('root', partOf(bare, 'root'), components, executors);
  for (const [name, component] of Object.entries(components))
    if (isStruct(component)) compileGraph(name, component, components, executors);
  if (badName(spec)) {
    const name = specName(spec);
    throw internal(
      before,
      `Failed to create a workflow for (): Workflow.argoproj.io "${name}-abcde" is invalid: metadata.generateName`,
    );
  }
  if (hasCycle(partOf(bare, 'root')))
    throw internal(
      before,
      'Failed to validate workflow for (): templates.entrypoint.tasks.root templates.root sorting failed: graph with cycle',
    );
}

function compileGraph(name: string, component: Struct, components: Struct, executors: Struct): void {
  const wrong = (words: string) => {
    const head = `Internal error: error processing component name=${JSON.stringify(name)}: ${words}`;
    return new Refusal(
      13,
      [
        head,
        'Failed to compile job',
        'Failed to generate the ExecutionSpec',
        'Failed to create a new run',
      ].join('\n'),
      'Internal Server Error',
    );
  };
  const label = component['executorLabel'];
  if (typeof label === 'string' && !(label in executors))
    throw wrong(`executor(label=${JSON.stringify(label)}) not found in deployment config`);
  for (const task of Object.values(tasksOf(component))) {
    const reference = partOf(task, 'componentRef')['name'];
    if (!(String(reference) in components))
      throw wrong(`cannot find component ref name=${JSON.stringify(reference)}`);
  }
}

function hasCycle(root: Struct): boolean {
  const tasks = tasksOf(root);
  const left = new Set(Object.keys(tasks));
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const name of left) {
      const needs = (tasks[name]?.['dependentTasks'] ?? []) as readonly string[];
      if (!needs.some((other) => left.has(other))) left.delete(name);
    }
  }
  return left.size > 0;
}

function tasksOf(component: Struct): { readonly [name: string]: Struct } {
  return partOf(partOf(component, 'dag'), 'tasks') as { readonly [name: string]: Struct };
}

interface Definition {
  readonly parameterType?: string;
  readonly defaultValue?: unknown;
  readonly isOptional?: boolean;
  readonly literals?: readonly unknown[];
}

/** Throws for parameters that the pipeline does not take. */
export function checkParameters(spec: Struct, parameters: Struct, before: string): void {
  const bare = bareSpec(spec);
  if (isWorkflow(bare)) return;
  const inputs = partOf(partOf(bare, 'root'), 'inputDefinitions');
  const known = partOf(inputs, 'parameters') as { readonly [name: string]: Definition };
  const fail = (words: string) => invalid(`${before}invalid pipeline job inputs: `, words);
  for (const [name, { defaultValue, isOptional }] of Object.entries(known))
    if (!(name in parameters) && defaultValue === undefined && isOptional !== true)
      throw fail(`parameter ${name} is not optional, yet has neither default value nor user provided value`);
  const unknown = Object.keys(parameters).filter((name) => !(name in known));
  if (unknown.length > 0)
    throw fail(`parameter(s) provided are not required by pipeline: ${unknown.join(', ')}`);
  for (const [name, value] of Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    checkValue(name, value, known[name] ?? {}, fail);
}

function checkValue(
  name: string,
  value: unknown,
  { parameterType = '', literals }: Definition,
  fail: (words: string) => Refusal,
): void {
  const words: { readonly [type: string]: string } = {
    STRING: 'string',
    BOOLEAN: 'bool',
    LIST: 'list',
    STRUCT: 'struct',
  };
  if (parameterType.startsWith('NUMBER') && typeof value !== 'number')
    throw fail(
      `input parameter ${name} requires type double or integer, but the parameter value is not of number value type`,
    );
  const type = words[parameterType];
  if (type !== undefined && kindOf(value) !== type)
    throw fail(
      `input parameter ${name} requires type ${type}, but the input parameter is not of ${type} value type`,
    );
  if (literals !== undefined && !literals.includes(value)) {
    const allowed = literals.map(protoText).join(' ');
    throw fail(
      `input parameter ${JSON.stringify(name)} value ${protoText(value)} does not match any of the allowed literal values: [${allowed}]`,
    );
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (isStruct(value)) return 'struct';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function protoText(value: unknown): string {
  return typeof value === 'number' ? `number_value:${value}` : `string_value:${JSON.stringify(value)}`;
}

export function partOf(struct: Struct, name: string): Struct {
  const part = struct[name];
  return isStruct(part) ? part : {};
}

export function isStruct(value: unknown): value is Struct {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
