import type { Remark } from '../../../core/domain/pipeline.ts';
import { own } from '../../../core/domain/own.ts';
import { artifactInputs, componentOf, executorOf, tasksOf } from '../../../core/pipelineSpec/parts.ts';
import { containerKind } from '../../../core/pipelineSpec/pythonComponent.ts';
import type { ComponentSpec, PipelineSpec, TaskSpec } from '../../../core/pipelineSpec/schema.ts';
import type { LeafTask } from '../../../core/pipelineSpec/walkTasks.ts';

/** Why an importer cannot run here: its artifact is not on this machine, and a task reads it. */
export function importerBlockers(leaf: LeafTask, spec: PipelineSpec, named: string): readonly Remark[] {
  const uri = importedUri(leaf);
  if (typeof uri !== 'string' || !isRemote(uri) || isUnread(leaf.label, spec)) return [];
  return [
    {
      what: 'remote_importer',
      task: leaf.path,
      message: `${named} imports ${uri}, which is not on this machine.`,
      hint: 'Download it and give the path of the file, or let a Python component fetch it.',
    },
  ];
}

function importedUri(leaf: LeafTask): unknown {
  const address = leaf.executor.importer?.artifactUri;
  return address?.runtimeParameter === undefined
    ? (address?.constant ?? leaf.known['uri'])
    : own(leaf.known, address.runtimeParameter);
}

function isRemote(uri: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(uri) && !uri.toLowerCase().startsWith('file://');
}

/**
 * Whether no task reads the content that an importer brings: none takes the artifact, or those that do use only its
 * metadata and address.
 */
export function isUnread(label: string, spec: PipelineSpec): boolean {
  const owners = [spec.root, ...Object.values(spec.components ?? {})];
  return owners.every((owner) =>
    Object.entries(tasksOf(owner))
      .filter(([, task]) => componentOf(task, spec)?.executorLabel === label)
      .every(([name]) => !leaves(owner, name, spec) && !takesFrom(owner, spec, isProducer(name), new Set())),
  );
}

type Source = ReturnType<typeof artifactInputs>[number][1];
const isProducer = (name: string) => (source: Source) => source.taskOutputArtifact?.producerTask === name;

/** Whether a group passes the artifact on; the pipeline's own outputs are shown by their address. */
function leaves(owner: ComponentSpec, name: string, spec: PipelineSpec): boolean {
  if (owner === spec.root) return false;
  const outputs = Object.values(owner.dag?.outputs?.artifacts ?? {});
  return outputs.some((output) =>
    output.artifactSelectors?.some(({ producerSubtask }) => producerSubtask === name),
  );
}

/** `seen` are the pairs of group and input that were checked already: a group may be used in many places. */
function takesFrom(
  owner: ComponentSpec,
  spec: PipelineSpec,
  from: (source: Source) => boolean,
  seen: Set<string>,
): boolean {
  return Object.values(tasksOf(owner)).some((task) =>
    artifactInputs(task)
      .filter(([, source]) => from(source))
      .some(([input]) => reads(task, input, spec, seen)),
  );
}

function reads(task: TaskSpec, input: string, spec: PipelineSpec, seen: Set<string>): boolean {
  const component = componentOf(task, spec);
  if (task.artifactIterator) return true;
  if (component?.dag) {
    const key = JSON.stringify([task.componentRef.name, input]);
    if (seen.has(key)) return false;
    seen.add(key);
    return takesFrom(component, spec, (source) => source.componentInputArtifact === input, seen);
  }
  const container = executorOf(component, spec)?.container;
  const kind = container ? containerKind(container, spec.sdkVersion) : undefined;
  return kind?.kind !== 'python' || readsContent(kind.component.source, input);
}

/** Whether the code uses an input beyond declaring it and reading its metadata, address or name. */
function readsContent(source: string, input: string): boolean {
  const harmless = /\b(\w+)(?:\s*:\s*(?:[\w.]+\.)?Input\b|\.(?:metadata|uri|name)\b)/g;
  const rest = source.replaceAll(harmless, (match, name: string) => (name === input ? '' : match));
  return [...rest.matchAll(/\w+/g)].some(([word]) => word === input);
}
