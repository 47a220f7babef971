import type { Json } from '../domain/json.ts';
import { own } from '../domain/own.ts';
import type { TaskRun } from '../domain/run.ts';
import { componentOf, tasksOf } from './parts.ts';
import type { ComponentSpec, PipelineSpec } from './schema.ts';

type Tasks = ReadonlyMap<string, Pick<TaskRun, 'outputs' | 'kind'>>;

/** The values that a run returns, as far as its tasks, by path, tell them. */
export function pipelineOutputs(spec: PipelineSpec, tasks: Tasks): { readonly [name: string]: Json } {
  const names = Object.keys(spec.root.dag?.outputs?.parameters ?? {});
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = valueIn({ spec, tasks }, spec.root, '', name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

interface Known {
  readonly spec: PipelineSpec;
  readonly tasks: Tasks;
}

/** What a group returns under a name: the value of the task that it is from, of several the first that has one. */
function valueIn(known: Known, group: ComponentSpec, path: string, name: string): Json | undefined {
  const { valueFromParameter: one, valueFromOneof: some } = own(group.dag?.outputs?.parameters, name) ?? {};
  const selectors = [...(one === undefined ? [] : [one]), ...(some?.parameterSelectors ?? [])];
  for (const { producerSubtask, outputParameterKey = '' } of selectors) {
    const value = valueOf(known, group, { path, task: producerSubtask, name: outputParameterKey });
    if (value !== undefined) return value;
  }
  return undefined;
}

function valueOf(
  known: Known,
  group: ComponentSpec,
  { path, task, name }: { readonly path: string; readonly task: string; readonly name: string },
): Json | undefined {
  const row = own(tasksOf(group), task);
  const component = row && componentOf(row, known.spec);
  if (row === undefined || component === undefined) return undefined;
  const inner = path === '' ? task : `${path}/${task}`;
  if (component.dag === undefined) return own(known.tasks.get(inner)?.outputs, name);
  if (row.parameterIterator === undefined && row.artifactIterator === undefined)
    return valueIn(known, component, inner, name);
  const values: Json[] = [];
  for (let index = 0; known.tasks.has(`${inner}[${index}]`); index += 1) {
    const value = valueIn(known, component, `${inner}[${index}]`, name);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values.length === 0 ? undefined : values;
}
