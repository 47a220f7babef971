import { type Json, sameJson } from '../domain/json.ts';
import type { Parameter } from '../domain/pipeline.ts';
import { own } from '../domain/own.ts';
import { redact } from '../text/redact.ts';
import { isHidden, secretMark } from '../text/secretNames.ts';
import { shownText } from '../text/shownText.ts';
import { checkParameters } from './checkParameters.ts';

/** Values by parameter name. */
export interface ParameterValues {
  readonly [name: string]: Json;
}

/** The initial values of a form, and where they are from: "last time", "in iris-3". */
export interface Before {
  readonly values: ParameterValues;
  readonly when: string;
}

/** What a person is about to run a pipeline with. */
export interface ParameterForm {
  readonly parameters: readonly Parameter[];
  /** The values that differ from the defaults. */
  readonly values: ParameterValues;
  readonly before: Before;
  /** False: every task runs anew. */
  readonly cache: boolean;
}

/** A parameter that keeps a pipeline from running, and why. */
export interface ValueProblem {
  readonly name: string;
  readonly message: string;
}

/** A form with earlier values, without those of parameters that no longer exist. */
export function openForm(parameters: readonly Parameter[], before: Before, cache = true): ParameterForm {
  const form: ParameterForm = { parameters, values: {}, before, cache };
  return Object.entries(before.values).reduce((so, [name, value]) => withValue(so, name, value), form);
}

/** The form with a value; undefined restores the default, or none. A value that fits is converted to its type. */
export function withValue(form: ParameterForm, name: string, value: Json | undefined): ParameterForm {
  const parameter = form.parameters.find((candidate) => candidate.name === name);
  if (parameter === undefined) return form;
  const others = Object.fromEntries(Object.entries(form.values).filter(([other]) => other !== name));
  if (value === undefined || value === null) return { ...form, values: others };
  const checked = checkParameters([parameter], { [name]: value });
  const typed = checked.ok ? (own(checked.values, name) ?? value) : value;
  const values = sameJson(typed, parameter.default) ? others : { ...others, [name]: typed };
  return { ...form, values };
}

/** The form with all defaults; parameters without one are not set. */
export function clearedForm(form: ParameterForm): ParameterForm {
  return { ...form, values: {} };
}

/** The value that a parameter has now: what was set, else its default. */
export function valueOf({ values }: ParameterForm, { name, default: fallback }: Parameter): Json | undefined {
  return Object.hasOwn(values, name) ? own(values, name) : fallback;
}

/** Everything that is wrong, in the order of the parameters. */
export function problemsOf(form: ParameterForm): readonly ValueProblem[] {
  return form.parameters.flatMap((parameter) => {
    const value = valueOf(form, parameter);
    const given = value === undefined ? {} : { [parameter.name]: value };
    const checked = checkParameters([parameter], given);
    const [message] = checked.ok ? [] : checked.problems;
    return message === undefined ? [] : [{ name: parameter.name, message }];
  });
}

/** Every valid value, defaults included, so that a default that changes later does not change the run. */
export function valuesToRun(form: ParameterForm): ParameterValues {
  const wrong = problemsOf(form).map(({ name }) => name);
  const shown = form.parameters.flatMap((parameter) => {
    const value = valueOf(form, parameter);
    const runs = value !== undefined && !wrong.includes(parameter.name);
    return runs ? [[parameter.name, value] as const] : [];
  });
  return Object.fromEntries(shown);
}

/** The parameter after another, or the last one again; undefined when there are none. */
export function parameterAfter({ parameters }: ParameterForm, name: string): Parameter | undefined {
  const index = parameters.findIndex((parameter) => parameter.name === name);
  return parameters[index + 1];
}

/** The note beside a value: "default 2", "was 5 last time", "needs a value"; may be empty. */
export function noteOn(form: ParameterForm, parameter: Parameter): string {
  const { name, default: fallback, required } = parameter;
  const now = valueOf(form, parameter);
  if (now === undefined && required) return 'needs a value';
  const before = own(form.before.values, name);
  const changedSince = before !== undefined && !sameJson(before, now);
  return [
    sameJson(now, fallback) ? (fallback === undefined ? '' : 'default') : defaultNote(parameter),
    changedSince ? `was ${valueText(name, before, 40)} ${form.before.when}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function defaultNote({ name, default: fallback }: Parameter): string {
  return fallback === undefined ? '' : `default ${valueText(name, fallback, 40)}`;
}

/** A value as people write it, in one line of at most `length` characters; a secret is not shown. */
export function valueText(name: string, value: Json | undefined, length = 80): string {
  if (value === undefined) return 'not set';
  if (isHidden(name, value)) return secretMark;
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
  return shownText(redact(text), length);
}
