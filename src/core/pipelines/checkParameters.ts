import { isJsonObject, sameJson, type Json } from '../domain/json.ts';
import type { Parameter, ParameterType } from '../domain/pipeline.ts';
import { own } from '../domain/own.ts';
import { asName } from '../text/literal.ts';
import { nearest } from '../text/nearest.ts';
import { redact } from '../text/redact.ts';
import { holdsMark, isHidden, secretMark } from '../text/secretNames.ts';

/** The checked values, or a sentence for everything that is wrong with them. */
export type CheckedParameters =
  | { readonly ok: true; readonly values: { readonly [name: string]: Json } }
  | { readonly ok: false; readonly problems: readonly string[] };

type Reading = { readonly value: Json } | undefined;

/**
 * Checks values against a pipeline's parameters. Text is read as the declared type: "3" as a whole number,
 * "true" as a boolean, JSON text as a list or an object. Parameters with a default may be left out.
 */
export function checkParameters(
  parameters: readonly Parameter[],
  given: { readonly [name: string]: Json },
): CheckedParameters {
  const names = parameters.map((parameter) => parameter.name);
  const problems = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => unknownName(name, names));
  const values: [string, Json][] = [];
  for (const parameter of parameters) {
    const checked = checkOne(parameter, own(given, parameter.name));
    if (typeof checked === 'string') problems.push(checked);
    else if (checked) values.push([parameter.name, checked.value]);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, values: Object.fromEntries(values) };
}

/** The value, what is wrong with it, or undefined for an optional parameter without one. */
function checkOne(parameter: Parameter, value: Json | undefined): Reading | string {
  if (value === undefined || value === null) {
    return parameter.required
      ? `${asName(parameter.name)} is missing: it has no default (${wanted(parameter.type)}).`
      : undefined;
  }
  const { name, type, choices } = parameter;
  const reading = readers[type](value);
  if (holdsMark(value) || (reading && holdsMark(reading.value))) return onlyTheMark(name);
  if (!reading) return `${asName(name)} must be ${wanted(type)}, got ${shown(name, value)}.`;
  if (choices && !choices.some((choice) => sameJson(choice, reading.value))) {
    const allowed = choices.map((choice) =>
      isHidden(name, choice) ? secretMark : redact(JSON.stringify(choice)),
    );
    return `${asName(name)} must be one of ${allowed.join(', ')}, got ${shown(name, value)}.`;
  }
  return reading;
}

/** Each type as texts name it. */
export const typeNames: { readonly [type in ParameterType]: string } = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  list: 'list',
  struct: 'object',
};

/** Each type in words. */
export const typeWords: { readonly [type in ParameterType]: string } = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  struct: 'an object',
};

/** An example value for the types that are written as JSON. */
export const exampleValues: { readonly [type in ParameterType]?: string } = {
  list: '[1, 2]',
  struct: '{"a": 1}',
};

/** "a list such as [1, 2]". */
function wanted(type: ParameterType): string {
  const example = exampleValues[type];
  return example === undefined ? typeWords[type] : `${typeWords[type]} such as ${example}`;
}

const readers: { readonly [type in ParameterType]: (value: Json) => Reading } = {
  string: (value) => {
    if (typeof value === 'string') return { value };
    return typeof value === 'number' || typeof value === 'boolean' ? { value: String(value) } : undefined;
  },
  integer: (value) => {
    const number = toNumber(value);
    return Number.isSafeInteger(number) ? { value: number } : undefined;
  },
  number: (value) => {
    const number = toNumber(value);
    return Number.isFinite(number) ? { value: number } : undefined;
  },
  boolean: (value) => {
    if (typeof value === 'boolean') return { value };
    const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
    return text === 'true' || text === 'false' ? { value: text === 'true' } : undefined;
  },
  list: (value) => {
    const read = fromText(value);
    return Array.isArray(read) ? { value: read } : undefined;
  },
  struct: (value) => {
    const read = fromText(value);
    return isJsonObject(read) ? { value: read } : undefined;
  },
};

function toNumber(value: Json): number {
  if (typeof value === 'number') return value;
  const plain = typeof value === 'string' && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value);
  return plain ? Number(value) : Number.NaN;
}

function fromText(value: Json): Json | undefined {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

function unknownName(name: string, names: readonly string[]): string {
  const [near] = nearest(name, names);
  const known = names.length === 0 ? 'it takes none' : `it takes ${names.map(asName).join(', ')}`;
  return near === undefined
    ? `There is no parameter ${asName(name)}: ${known}.`
    : `There is no parameter ${asName(name)}: did you mean ${asName(near)}?`;
}

/** A caller who read a run may pass the dots of a hidden value: refuse them, or the run would fail late or use them. */
function onlyTheMark(name: string): string {
  return `${asName(name)} cannot be ${secretMark}: that only stands for a secret that is not shown. Ask whoever knows the value for it, or use Run again on a run that has it.`;
}

function shown(name: string, value: Json): string {
  if (isHidden(name, value)) return secretMark;
  const text = redact(JSON.stringify(value));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
