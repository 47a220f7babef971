import type { NodeKind, TaskNode } from '../domain/pipeline.ts';
import { conditionText } from './conditionText.ts';
import { componentOf, executorOf, parameterInputs, tasksOf, upstreamOf, type Tasks } from './parts.ts';
import type { ComponentSpec, PipelineSpec, TaskSpec } from './schema.ts';
import { taskInputs } from './taskInputs.ts';

const mostNodes = 5000;

/** The pipeline's tasks as a tree, from checked references; very large trees are cut. */
export function taskGraph(spec: PipelineSpec): readonly TaskNode[] {
  const left = { nodes: mostNodes };
  if (spec.root.dag) return children(spec.root, spec, left);
  const name = spec.pipelineInfo.name;
  return [{ name, displayName: name, kind: 'task', after: [], children: [] }];
}

function children(
  component: ComponentSpec,
  spec: PipelineSpec,
  left: { nodes: number },
): readonly TaskNode[] {
  const tasks = tasksOf(component);
  return Object.entries(tasks).flatMap(([name, task]) => {
    left.nodes -= 1;
    if (left.nodes < 0) return [];
    const inner = componentOf(task, spec);
    const node: TaskNode = {
      name,
      displayName: task.taskInfo?.name ?? name,
      kind: kindOf(name, task, tasks, spec),
      after: upstreamOf(task),
      inputs: taskInputs(task),
      ...conditionOf(task),
      children: inner?.dag ? children(inner, spec, left) : [],
    };
    return [node];
  });
}

/** The kind of a task by its shape in the specification, since people may use names such as `condition-1`, too. */
function kindOf(name: string, task: TaskSpec, siblings: Tasks, spec: PipelineSpec): NodeKind {
  const component = componentOf(task, spec);
  if (!component?.dag) return executorOf(component, spec)?.importer ? 'importer' : 'task';
  if (task.parameterIterator || task.artifactIterator) return 'loop';
  if (isBranch(task) || isBranches(component)) return 'condition';
  return isExitGroup(name, siblings) ? 'exit' : 'dag';
}

function conditionOf(task: TaskSpec): Pick<TaskNode, 'condition'> {
  const condition = task.triggerPolicy?.condition;
  return condition === undefined ? {} : { condition: conditionText(condition) };
}

function isBranch(task: TaskSpec): boolean {
  return task.triggerPolicy?.condition !== undefined;
}

/** The group around If, Elif, Else: every branch excludes those before it. */
function isBranches(component: ComponentSpec): boolean {
  const conditions = Object.values(tasksOf(component)).map((task) => task.triggerPolicy?.condition);
  const first = conditions[0];
  if (first === undefined || conditions.length < 2) return false;
  return conditions.slice(1).every((condition) => condition?.includes(`!(${first})`));
}

/** The group of an exit handler: a task of the same level takes its final status in any case. */
function isExitGroup(name: string, siblings: Tasks): boolean {
  return Object.values(siblings).some((task) => {
    const always = task.triggerPolicy?.strategy === 'ALL_UPSTREAM_TASKS_COMPLETED';
    if (!always || !upstreamOf(task).includes(name)) return false;
    return (
      name.startsWith('exit-handler-') ||
      parameterInputs(task).some(([, input]) => input.taskFinalStatus?.producerTask === name)
    );
  });
}
