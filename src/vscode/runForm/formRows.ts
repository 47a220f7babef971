import type { Pipeline, Remark } from '../../core/domain/pipeline.ts';
import { typeWords } from '../../core/pipelines/checkParameters.ts';
import { noteGroups } from '../../core/pipelines/noteGroups.ts';
import {
  noteOn,
  type ParameterForm,
  problemsOf,
  valueOf,
  valueText,
} from '../../core/pipelines/parameterForm.ts';
import { preparationSentences } from '../../core/pipelines/runQuestion.ts';
import type { Preparation } from '../../core/ports/pipelineBackend.ts';
import { literal } from '../../core/text/literal.ts';
import { plainSentence } from '../../core/text/renderQuestionPlain.ts';
import { shownText } from '../../core/text/shownText.ts';

/** The action of a row: run, change a parameter, restore all defaults, switch the cache, or none. */
export type FormAct =
  | { readonly kind: 'run' | 'defaults' | 'cache' | 'note' }
  | { readonly kind: 'parameter'; readonly name: string };

/** One row of the form in a pick list. A row without `act` is a separator. */
export interface FormRow {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly act?: FormAct;
}

/** The rows of the form: the run with all that it does, the parameters, other settings, and the notes. */
export function formRows(
  pipeline: Pipeline,
  form: ParameterForm,
  preparation: Preparation,
): readonly FormRow[] {
  const rows = form.parameters.map((parameter) => parameterRow(form, parameter));
  return [
    runRow(pipeline, form, preparation),
    ...section('parameters', rows),
    ...section('settings', [...defaultsRow(form), cacheRow(form)]),
    ...noteGroups(preparation.notes).flatMap(({ title, notes }) =>
      section(title.toLowerCase(), notes.map(noteRow)),
    ),
  ];
}

function noteRow({ task, message }: Remark): FormRow {
  return {
    label: `$(info) ${literal(task === undefined ? message : `${task}: ${message}`)}`,
    act: { kind: 'note' },
  };
}

function runRow(pipeline: Pipeline, form: ParameterForm, preparation: Preparation): FormRow {
  const name = literal(shownText(pipeline.displayName ?? pipeline.name));
  const [problem] = problemsOf(form);
  const act = { kind: 'run' } as const;
  if (problem !== undefined)
    return { label: `$(warning) Run ${name}`, detail: aligned(problem.message), act };
  const first = preparation.install.length === 0 ? [] : ['Asks once more.'];
  const detail = [
    ...first,
    ...preparationSentences(preparation).map(plainSentence),
    `Runs on ${preparation.runsOn}.`,
  ];
  return { label: `$(play) Run ${name}`, detail: aligned(detail.join(' ')), act };
}

function parameterRow(form: ParameterForm, parameter: ParameterForm['parameters'][number]): FormRow {
  const { name, type, description } = parameter;
  const problem = problemsOf(form).find((each) => each.name === name);
  const set = Object.hasOwn(form.values, name);
  const icon = problem === undefined ? (set ? 'edit' : 'blank') : 'warning';
  const about = [typeWords[type], noteOn(form, parameter)].filter(Boolean).join(', ');
  const value = valueText(name, valueOf(form, parameter), 60);
  return {
    label: `$(${icon}) ${literal(shownText(name))} = ${literal(value)}`,
    description: literal(about),
    ...(description === undefined ? {} : { detail: aligned(description) }),
    act: { kind: 'parameter', name },
  };
}

function defaultsRow({ values }: ParameterForm): readonly FormRow[] {
  if (Object.keys(values).length === 0) return [];
  const label = '$(discard) Use the defaults';
  return [{ label, description: 'for every parameter', act: { kind: 'defaults' } }];
}

function cacheRow({ cache }: ParameterForm): FormRow {
  const description = cache ? 'results that did not change are taken from the cache' : 'every task runs anew';
  return { label: `$(history) Without cache: ${cache ? 'off' : 'on'}`, description, act: { kind: 'cache' } };
}

function section(label: string, rows: readonly FormRow[]): readonly FormRow[] {
  return rows.length === 0 ? [] : [{ label }, ...rows];
}

/** A second line, indented like the first one after its icon. */
function aligned(text: string): string {
  return `$(blank) ${literal(text.replace(/\s+/g, ' '))}`;
}
