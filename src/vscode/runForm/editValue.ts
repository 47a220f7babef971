import { type Json, sameJson } from '../../core/domain/json.ts';
import type { Parameter, Pipeline } from '../../core/domain/pipeline.ts';
import { type ParameterForm, valueOf, valueText, withValue } from '../../core/pipelines/parameterForm.ts';
import { exampleValues } from '../../core/pipelines/checkParameters.ts';
import { choicesOf, lineOf, promptFor, readTyped } from '../../core/pipelines/valueInput.ts';
import { holdsSecret } from '../../core/text/secretNames.ts';
import { literal } from '../../core/text/literal.ts';
import { shownText } from '../../core/text/shownText.ts';
import type { Choice, Inputs } from '../window/inputs.ts';

/** Asks for one value: in a list where there are few choices, else as a line that is checked while typing. Undefined: unchanged. */
export async function editValue(
  inputs: Pick<Inputs, 'line' | 'pick'>,
  pipeline: Pipeline,
  form: ParameterForm,
  parameter: Parameter,
): Promise<ParameterForm | undefined> {
  const step = form.parameters.indexOf(parameter) + 1;
  const [run, name] = [pipeline.displayName ?? pipeline.name, parameter.name].map((text) => shownText(text));
  const title = `Run ${run}: ${name} (${step} of ${form.parameters.length})`;
  const choices = choicesOf(parameter);
  return choices === undefined
    ? typeValue(inputs, title, form, parameter)
    : chooseValue(inputs, title, form, parameter, choices);
}

async function typeValue(
  inputs: Pick<Inputs, 'line' | 'pick'>,
  title: string,
  form: ParameterForm,
  parameter: Parameter,
): Promise<ParameterForm | undefined> {
  const now = valueOf(form, parameter);
  const line = await inputs.line({
    title,
    prompt: promptFor(parameter),
    placeholder: exampleValues[parameter.type] ?? '',
    value: lineOf(now),
    secret: holdsSecret(parameter.name, now),
    check: (text) => {
      const read = readTyped(parameter, text);
      return read.ok ? undefined : read.problem;
    },
  });
  const read = line === undefined ? undefined : readTyped(parameter, line);
  return read?.ok === true ? withValue(form, parameter.name, read.value) : undefined;
}

/** The chosen value; undefined means the default, or none where there is no default. */
interface Chosen {
  readonly value: Json | undefined;
}

async function chooseValue(
  inputs: Pick<Inputs, 'line' | 'pick'>,
  title: string,
  form: ParameterForm,
  parameter: Parameter,
  choices: readonly Json[],
): Promise<ParameterForm | undefined> {
  const { name, default: fallback, required, description } = parameter;
  const now = valueOf(form, parameter);
  const items = choices.map((value): Choice<Chosen> => ({
    label: literal(valueText(name, value)),
    ...(sameJson(value, fallback) ? { description: 'default' } : {}),
    value: { value },
  }));
  if (!required && fallback === undefined) items.push({ label: 'Leave it out', value: { value: undefined } });
  const active = items.find(({ value }) => value !== undefined && sameJson(value.value, now));
  const placeholder = description ?? '';
  const chosen = await inputs.pick({ title, placeholder, items, active, back: true });
  return chosen === undefined ? undefined : withValue(form, name, chosen.value);
}
