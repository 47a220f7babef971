import * as vscode from 'vscode';
import type { Pipeline } from '../../core/domain/pipeline.ts';
import {
  parameterAfter,
  type ParameterForm,
  problemsOf,
  clearedForm,
} from '../../core/pipelines/parameterForm.ts';
import type { Preparation } from '../../core/ports/pipelineBackend.ts';
import { shownText } from '../../core/text/shownText.ts';
import { editValue } from './editValue.ts';
import { type FormAct, formRows } from './formRows.ts';
import type { Choice, Inputs } from '../window/inputs.ts';

/** Shows the form until the person runs it (returns its values) or leaves (undefined). */
export async function askForm(
  inputs: Inputs,
  pipeline: Pipeline,
  begun: ParameterForm,
  preparation: Preparation,
): Promise<ParameterForm | undefined> {
  let form = begun;
  let active: FormAct = { kind: 'run' };
  for (;;) {
    const act = await overview(inputs, pipeline, form, preparation, active);
    if (act === undefined) return undefined;
    if (act.kind === 'run' && problemsOf(form).length === 0) return form;
    [form, active] = await changed(inputs, pipeline, form, act);
  }
}

/** The form after a row was chosen, and the row to select next. */
async function changed(
  inputs: Inputs,
  pipeline: Pipeline,
  form: ParameterForm,
  act: FormAct,
): Promise<[ParameterForm, FormAct]> {
  if (act.kind === 'defaults') return [clearedForm(form), { kind: 'run' }];
  if (act.kind === 'cache') return [{ ...form, cache: !form.cache }, act];
  if (act.kind === 'note') return [form, act];
  const name = act.kind === 'parameter' ? act.name : problemsOf(form)[0]?.name;
  const parameter = form.parameters.find((one) => one.name === name);
  if (parameter === undefined) return [form, act];
  const edited = await editValue(inputs, pipeline, form, parameter);
  if (edited === undefined) return [form, { kind: 'parameter', name: parameter.name }];
  const next = parameterAfter(form, parameter.name);
  return [edited, next === undefined ? { kind: 'run' } : { kind: 'parameter', name: next.name }];
}

function overview(
  inputs: Inputs,
  pipeline: Pipeline,
  form: ParameterForm,
  preparation: Preparation,
  active: FormAct,
): Promise<FormAct | undefined> {
  const items = formRows(pipeline, form, preparation).map(({ act, ...row }): Choice<FormAct> =>
    act === undefined ? { ...row, kind: vscode.QuickPickItemKind.Separator } : { ...row, value: act },
  );
  return inputs.pick({
    title: `Run ${shownText(pipeline.displayName ?? pipeline.name)}`,
    placeholder: form.parameters.length === 0 ? 'It takes no parameters' : 'Choose a value to change it',
    items,
    active: items.find(({ value }) => value !== undefined && sameAct(value, active)),
    back: false,
  });
}

function sameAct(a: FormAct, b: FormAct): boolean {
  const nameOf = (act: FormAct) => (act.kind === 'parameter' ? act.name : undefined);
  return a.kind === b.kind && nameOf(a) === nameOf(b);
}
