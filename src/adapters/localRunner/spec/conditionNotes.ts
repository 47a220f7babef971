import { isJsonObject, type Json } from '../../../core/domain/json.ts';
import { own } from '../../../core/domain/own.ts';
import type { Remark } from '../../../core/domain/pipeline.ts';
import { componentOf, parameterInputs, tasksOf } from '../../../core/pipelineSpec/parts.ts';
import type { ComponentSpec, PipelineSpec, TaskSpec } from '../../../core/pipelineSpec/schema.ts';
import type { Values } from '../../../core/pipelineSpec/walkTasks.ts';

/** The type of an input as far as it is known before the run; undefined when unknown. */
type Possible = { readonly [name: string]: readonly Json[] | undefined };
type Input = ReturnType<typeof parameterInputs>[number][1];

const mostTasks = 1000;
const mostValues = 1000;
const longestList = 64 * 1024;
/** An ordering comparison of an input that the compiler does not cast to a number, with a text or another input. */
const ordering =
  /(?<!(?:int|double)\()inputs\.parameter_values\['([^']+)'\]\s*(<=|>=|<|>)\s*(?:'((?:[^'])*)'|inputs\.parameter_values\['([^']+)'\])/g;
const numberText = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i;
const field = '-subvar-';

/**
 * Conditions that order texts which may both be numbers, as `"2" > "10"`: the compiler does not know the type of a
 * loop item's field and writes no cast. Kubeflow's driver turns such an input into a text, and so does the runner.
 */
export function conditionNotes(spec: PipelineSpec, given: Values): readonly Remark[] {
  const root = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value === undefined ? undefined : [value]]),
  );
  const notes = new Map<string, Remark>();
  let left = mostTasks;
  const walk = (owner: ComponentSpec, parent: string, around: Possible): void => {
    for (const [name, task] of Object.entries(tasksOf(owner))) {
      if (left-- <= 0) return;
      const path = parent === '' ? name : `${parent}/${name}`;
      const component = componentOf(task, spec);
      const inside = inputsOf(task, around);
      for (const compared of textsInOrder(task, component, inside)) {
        const key = `${parent} ${compared}`;
        if (!notes.has(key)) notes.set(key, noteOf(path, compared));
      }
      if (component?.dag) walk(component, path, inside);
    }
  };
  walk(spec.root, '', root);
  return [...notes.values()];
}

/** `size > "10"` for each comparison of a condition that may order two numbers as texts. */
function textsInOrder(
  task: TaskSpec,
  component: ComponentSpec | undefined,
  inside: Possible,
): readonly string[] {
  const isText = (name: string) => {
    const definition = own(component?.inputDefinitions?.parameters, name);
    return definition !== undefined && (definition.parameterType ?? definition.type) === 'STRING';
  };
  const mayBeNumber = (name: string) => own(inside, name)?.some(looksLikeNumber);
  const comparisons = [...(task.triggerPolicy?.condition ?? '').matchAll(ordering)];
  return comparisons.flatMap(([, first = '', sign = '', text, second]) => {
    if (!isText(first) || mayBeNumber(first) === false) return [];
    if (second === undefined)
      return looksLikeNumber(text ?? '') ? [`${shownInput(first)} ${sign} "${text ?? ''}"`] : [];
    // Two texts are usually compared as texts, so only inputs known to be numbers are noted.
    const fits = [first, second].every((name) => mayBeNumber(name) ?? name.includes(field));
    return isText(second) && fits ? [`${shownInput(first)} ${sign} ${shownInput(second)}`] : [];
  });
}

function looksLikeNumber(value: Json): boolean {
  return typeof value === 'number' || (typeof value === 'string' && numberText.test(value));
}

/** The name that a person knows; for a field of a loop's item the field's name. */
function shownInput(name: string): string {
  return (name.split(field).at(-1) ?? name).replace(/^pipelinechannel--/, '');
}

function noteOf(task: string, compared: string): Remark {
  return {
    what: 'compared_as_texts',
    task,
    everywhere: true,
    message: `The condition ${compared} compares texts character by character, on Kubeflow as here: "2" counts as bigger than "10".`,
    hint: 'To compare numbers, let a component with an int or float parameter take the value and return it, and compare its output.',
  };
}

function inputsOf(task: TaskSpec, around: Possible): Possible {
  const inside = parameterInputs(task).map(([name, input]) => [name, valuesOf(input, around)] as const);
  const loop = task.parameterIterator;
  if (!loop) return Object.fromEntries(inside);
  const given = Object.fromEntries(inside);
  const { raw, inputParameter } = loop.items;
  const known = raw === undefined ? own(given, inputParameter ?? '') : [raw];
  const lists = known?.every(isShort) ? known : undefined;
  return { ...given, [loop.itemInput]: lists?.slice(0, mostValues).flatMap(itemsOf).slice(0, mostValues) };
}

function valuesOf(input: Input, around: Possible): readonly Json[] | undefined {
  const constant = input.runtimeValue?.constant as Json | undefined;
  if (constant !== undefined) return JSON.stringify(constant).includes('{{$') ? undefined : [constant];
  const from = input.componentInputParameter;
  if (from === undefined) return undefined;
  const values = own(around, from) ?? fieldOf(from, around);
  const selector = input['parameterExpressionSelector'];
  if (typeof selector !== 'string' || values === undefined) return values;
  const step = /^parseJson\(string_value\)\["([^"]*)"\]$/.exec(selector.trim())?.[1];
  return step === undefined ? undefined : values.flatMap((value) => partOf(value, step));
}

/** The compiler sometimes names a part of a loop item without passing it in. */
function fieldOf(name: string, around: Possible): readonly Json[] | undefined {
  const start = name.lastIndexOf(field);
  if (start < 0) return undefined;
  return own(around, name.slice(0, start))?.flatMap((item) => partOf(item, name.slice(start + field.length)));
}

function isShort(list: Json): boolean {
  return typeof list !== 'string' || list.length <= longestList;
}

function partOf(value: Json, name: string): readonly Json[] {
  const object = parsed(value);
  const part = isJsonObject(object) ? own(object, name) : undefined;
  return part === undefined ? [] : [part];
}

function itemsOf(list: Json): readonly Json[] {
  const items = parsed(list);
  return Array.isArray(items) ? (items as readonly Json[]).slice(0, mostValues) : [];
}

function parsed(value: Json): Json {
  if (typeof value !== 'string' || !isShort(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
