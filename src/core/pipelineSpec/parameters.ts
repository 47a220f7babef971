import type { Json } from '../domain/json.ts';
import type { Parameter, ParameterType } from '../domain/pipeline.ts';
import { own } from '../domain/own.ts';
import type { ParameterDefinition, PipelineSpec } from './schema.ts';

const types: { readonly [name: string]: ParameterType } = {
  STRING: 'string',
  NUMBER_INTEGER: 'integer',
  INT: 'integer',
  NUMBER_DOUBLE: 'number',
  DOUBLE: 'number',
  BOOLEAN: 'boolean',
  LIST: 'list',
  STRUCT: 'struct',
};

/** Parameters that Kubeflow fills in by itself. */
const hidden = ['TASK_FINAL_STATUS', 'TASK_CONFIG'];

/** The pipeline's parameters in the order of the specification. */
export function pipelineParameters(spec: PipelineSpec): readonly Parameter[] {
  return Object.entries(spec.root.inputDefinitions?.parameters ?? {})
    .filter(([, definition]) => !hidden.includes(typeName(definition)))
    .map(([name, definition]) => toParameter(name, definition));
}

/** The specification with its parameters in this order; those that are not named come last. */
export function inOrder(spec: PipelineSpec, names: readonly string[]): PipelineSpec {
  const definitions = spec.root.inputDefinitions;
  const given = Object.entries(definitions?.parameters ?? {});
  if (definitions === undefined || given.length === 0) return spec;
  const placeOf = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length);
  const parameters = Object.fromEntries(given.toSorted(([a], [b]) => placeOf(a) - placeOf(b)));
  return { ...spec, root: { ...spec.root, inputDefinitions: { ...definitions, parameters } } };
}

function toParameter(name: string, definition: ParameterDefinition): Parameter {
  const type = own(types, typeName(definition)) ?? 'string';
  const value = definition.defaultValue as Json | undefined;
  const has = value !== undefined;
  return {
    name,
    type,
    required: !has && definition.isOptional !== true,
    ...(has ? { default: typedDefault(value, type) } : {}),
    ...(definition.description === undefined ? {} : { description: definition.description }),
    ...(definition.literals?.length
      ? { choices: definition.literals.map((choice) => typedDefault(choice, type)) }
      : {}),
  };
}

function typeName(definition: ParameterDefinition): string {
  return definition.parameterType ?? definition.type ?? 'STRING';
}

/** A default in its declared type, since YAML may give a number as text and text as a number or a boolean. */
function typedDefault(value: Json, type: ParameterType): Json {
  const numeric = type === 'integer' || type === 'number';
  if (numeric && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  return value;
}

/** Every parameter that has a value: the given one, else its default. */
export function withDefaults(
  parameters: readonly Parameter[],
  given: { readonly [name: string]: Json },
): { readonly [name: string]: Json } {
  const entries = parameters.map(
    (parameter) => [parameter.name, own(given, parameter.name) ?? parameter.default] as const,
  );
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
