import type { Json } from '../domain/json.ts';
import type { Parameter } from '../domain/pipeline.ts';
import { own } from '../domain/own.ts';
import { isHidden } from '../text/secretNames.ts';
import { checkParameters, typeWords } from './checkParameters.ts';
import { valueText } from './parameterForm.ts';

/** A typed line as a value, the default (or none, for an optional parameter), or a problem. */
export type TypedValue =
  | { readonly ok: true; readonly value: Json | undefined }
  | { readonly ok: false; readonly problem: string };

/** Reads a typed line as what a parameter takes. Text in double quotes is read as JSON: `""` is the empty text. */
export function readTyped(parameter: Parameter, line: string): TypedValue {
  const { name, type } = parameter;
  const text = type === 'string' ? (quoted(line) ?? line) : line;
  const empty = line.trim() === '';
  const checked = checkParameters([parameter], empty ? {} : { [name]: text });
  if (checked.ok) return { ok: true, value: own(checked.values, name) };
  return { ok: false, problem: checked.problems.join(' ') };
}

/** The line for a value, which `readTyped` reads back as the same value. */
export function lineOf(value: Json | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  const asItIs = value.trim() !== '' && !/[\r\n]/.test(value) && quoted(value) === undefined;
  return asItIs ? value : JSON.stringify(value);
}

/** The text that a JSON string stands for. */
function quoted(line: string): string | undefined {
  if (!/^\s*".*"\s*$/.test(line)) return undefined;
  try {
    return JSON.parse(line) as string;
  } catch {
    return undefined;
  }
}

/** What may be typed, what an empty line means, and what the parameter is for. */
export function promptFor(parameter: Parameter): string {
  const { name, type, required, default: fallback, description } = parameter;
  const what = typeWords[type];
  const kind = `${what[0]?.toUpperCase() ?? ''}${what.slice(1)}${type === 'list' || type === 'struct' ? ' as JSON' : ''}`;
  const empty =
    fallback !== undefined
      ? `Empty: the default, ${valueText(name, fallback)}.`
      : required
        ? ''
        : 'Empty: it is left out.';
  return [`${kind}.`, empty, description ?? ''].filter(Boolean).join(' ');
}

/** The values to choose from, where there are few: those that the pipeline names, or true and false. A secret is typed. */
export function choicesOf({ name, type, choices }: Parameter): readonly Json[] | undefined {
  if (choices?.some((choice) => isHidden(name, choice)) === true) return undefined;
  return choices ?? (type === 'boolean' ? [true, false] : undefined);
}
