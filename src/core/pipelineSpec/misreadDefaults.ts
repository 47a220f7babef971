import type { Json } from '../domain/json.ts';
import type { Remark } from '../domain/pipeline.ts';
import { isHidden, secretMark } from '../text/secretNames.ts';
import type { ParameterDefinition, PipelineSpec } from './schema.ts';

const field = 'defaultValue';
const longest = 60;
const numbers = 'Write a number as YAML has it: 1000, 0.5 or 1.0e+3.';

/** What a default was read as, and what can be done about it. */
interface Misread {
  readonly message: string;
  readonly hint: string;
}

/**
 * Defaults that YAML reads as another type than declared: `no` is false, `1:30` is
 * ninety, and `1e3` a text. `lineAt` gives the text of the line of a part of the specification.
 */
export function misreadDefaults(
  spec: PipelineSpec,
  lineAt: (path: readonly string[]) => string,
): readonly Remark[] {
  const parameters = spec.root.inputDefinitions?.parameters ?? {};
  return Object.entries(parameters).flatMap(([name, definition]) => {
    const value = definition.defaultValue as Json | undefined;
    if (value === undefined) return [];
    const hidden = isHidden(name, value);
    const line = () => lineAt(['root', 'inputDefinitions', 'parameters', name, field]);
    const misread = misreadAs(definition, value, hidden ? secretMark : JSON.stringify(value));
    if (misread === undefined) return [];
    const written = hidden ? undefined : writtenIn(line());
    const named = written === undefined ? name : `${name}, ${written},`;
    const message = `The default of ${named} was read as ${misread.message}.`;
    return [{ what: 'misread_default', message, hint: misread.hint, everywhere: true }];
  });
}

function misreadAs(
  { parameterType, type }: ParameterDefinition,
  value: Json,
  read: string,
): Misread | undefined {
  // Null is no value, and lists and maps are written so that YAML cannot misread their type.
  if (typeof value === 'object') return undefined;
  switch (parameterType ?? type) {
    case 'STRING':
      return misreadText(value, read);
    case 'NUMBER_INTEGER':
    case 'INT':
    case 'NUMBER_DOUBLE':
    case 'DOUBLE':
      return misreadNumber(value, read);
    case 'BOOLEAN':
      return misreadBoolean(value, read);
    default:
      return undefined;
  }
}

type Scalar = string | number | boolean;

function misreadText(value: Scalar, read: string): Misread | undefined {
  if (typeof value === 'string') return undefined;
  return { message: `${read}, not as a text: it has no quotes`, hint: 'Put it in quotes to keep the text.' };
}

function misreadBoolean(value: Scalar, read: string): Misread | undefined {
  if (/^\s*(?:true|false)\s*$/i.test(String(value))) return undefined;
  return { message: `${read}, which is neither true nor false`, hint: 'Write true or false.' };
}

function misreadNumber(value: Scalar, read: string): Misread | undefined {
  if (typeof value === 'number') return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number)
    ? { message: `the text ${read} and is taken as a number here`, hint: numbers }
    : { message: `${read}, which is no number`, hint: numbers };
}

/** The value as it is written in the line; undefined where that is unclear. */
function writtenIn(line: string): string | undefined {
  const [, rest, another] = line.split(field);
  if (rest === undefined || another !== undefined) return undefined;
  const written = /^["']?\s*:\s*(?<value>"[^"]*"|'[^']*'|[\w.+-][^,}#]*)/
    .exec(rest)
    ?.groups?.['value']?.trim();
  return written === undefined || written.length > longest ? undefined : written;
}
