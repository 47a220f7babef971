import type { Remark } from '../../../core/domain/pipeline.ts';
import { own } from '../../../core/domain/own.ts';
import { componentOf, parameterInputs, tasksOf } from '../../../core/pipelineSpec/parts.ts';
import type { ComponentSpec, PipelineSpec, TaskSpec } from '../../../core/pipelineSpec/schema.ts';

type Input = ReturnType<typeof parameterInputs>[number][1];

const mostTasks = 5000;
/** What the SDK writes into a text in place of a value that is known later. */
const valueText = /\{\{\$\.inputs\.parameters\[['"](pipelinechannel--[^'"\]]+)['"]\]\}\}/g;
const field = '-subvar-';
const itemText = /^pipelinechannel--(.+)-loop-item(?:-\d+)?$/;

/**
 * Texts with a value that is never filled in: inside a condition the SDK takes a field of a loop's item, as an f-string
 * names it, from outside the loop, where it does not exist. The task fails when it starts, here and on Kubeflow.
 */
export function unfilledTexts(spec: PipelineSpec): readonly Remark[] {
  const notes: Remark[] = [];
  let left = mostTasks;
  const walk = (owner: ComponentSpec, parent: string, has: ReadonlySet<string>): void => {
    for (const [name, task] of Object.entries(tasksOf(owner))) {
      if (left-- <= 0) return;
      const path = parent === '' ? name : `${parent}/${name}`;
      const handed = parameterInputs(task).filter(([, input]) => isGiven(input, owner, has));
      const given = new Set(handed.map(([input]) => input));
      const component = componentOf(task, spec);
      const item = task.parameterIterator?.itemInput;
      if (component?.dag) walk(component, path, item === undefined ? given : given.add(item));
      else notes.push(...textsWithout(path, task, given));
    }
  };
  walk(spec.root, '', new Set(Object.keys(spec.root.inputDefinitions?.parameters ?? {})));
  return notes;
}

/** Whether an input gets a value where its owner has these. An item that is declared a text has no fields. */
function isGiven(input: Input, owner: ComponentSpec, has: ReadonlySet<string>): boolean {
  const from = input.componentInputParameter;
  if (from === undefined || has.has(from)) return true;
  // The runner takes a field of an item that is passed in as parts.
  if ([...has].some((name) => name.startsWith(`${from}${field}`))) return true;
  const item = from.slice(0, Math.max(0, from.lastIndexOf(field)));
  const declared = own(owner.inputDefinitions?.parameters, item);
  return has.has(item) && declared?.parameterType !== 'STRING';
}

function textsWithout(path: string, task: TaskSpec, given: ReadonlySet<string>): readonly Remark[] {
  return parameterInputs(task).flatMap(([name, input]) => {
    const text = JSON.stringify(input.runtimeValue?.constant ?? '').replaceAll('\\"', '"');
    const [, missing] = [...text.matchAll(valueText)].find(([, value = '']) => !given.has(value)) ?? [];
    if (missing === undefined) return [];
    const message = `Task ${path} fails when it is reached, on Kubeflow as here: the text for ${name} needs ${shown(missing)}, which the compiler does not hand in.`;
    const hint =
      'Pass that value to the component as a parameter of its own, and put the text together there.';
    return [{ what: 'unfilled_text', task: path, message, hint, everywhere: true }];
  });
}

function shown(value: string): string {
  const start = value.lastIndexOf(field);
  const [, list] = itemText.exec(value.slice(0, Math.max(0, start))) ?? [];
  return list === undefined
    ? value.replace(/^pipelinechannel--/, '')
    : `the field ${value.slice(start + field.length)} of ${list}`;
}
