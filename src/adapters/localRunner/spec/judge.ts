import type { JsonObject } from '../../../core/domain/json.ts';
import type { Remark } from '../../../core/domain/pipeline.ts';
import { own } from '../../../core/domain/own.ts';
import type { Judgement } from '../../../core/ports/pipelineBackend.ts';
import { conditionNotes } from './conditionNotes.ts';
import { containerBlocker } from './containerBlockers.ts';
import { importerBlockers } from './importers.ts';
import { platformNotes } from './platformNotes.ts';
import type { ContainerSpec, PipelineSpec, PlatformSpec } from '../../../core/pipelineSpec/schema.ts';
import { cacheCheckNotes, specNotes, taskConfigNotes } from './specNotes.ts';
import { unfilledTexts } from './unfilledTexts.ts';
import { leafTasks, type LeafTask, type Values } from '../../../core/pipelineSpec/walkTasks.ts';

/**
 * Why a pipeline cannot run on this machine, and what will be different here. `given` are the values of its parameters:
 * an importer whose address is a parameter can only be judged with them.
 */
export function judge(
  spec: PipelineSpec,
  platform: PlatformSpec | undefined,
  given: Values,
  runtimeConfig?: JsonObject,
): Judgement {
  const tasks = leafTasks(spec, given);
  const blockers = [...rootBlockers(spec), ...tasks.flatMap((task) => taskBlockers(task, spec))];
  const notes = [
    ...conditionNotes(spec, given),
    ...specNotes(spec, platform, runtimeConfig, given),
    ...unfilledTexts(spec),
    ...tasks.flatMap((task) => taskNotes(task, spec)),
    ...platformNotes(platform, tasks),
  ];
  return { blockers, notes };
}

function rootBlockers(spec: PipelineSpec): readonly Remark[] {
  if (!spec.root.dag) {
    const message = 'The pipeline is one component without tasks, which is not run here.';
    return [
      {
        what: 'no_tasks',
        message,
        hint: 'Call the component from a function with @dsl.pipeline and compile that.',
      },
    ];
  }
  const artifacts = Object.entries(spec.root.inputDefinitions?.artifacts ?? {});
  return artifacts
    .filter(([, definition]) => definition.isOptional !== true)
    .map(([name]) => ({
      what: 'missing_artifact',
      message: `The pipeline takes the artifact ${name}, and a run can only be given parameters.`,
      hint: `Bring it in with dsl.importer inside the pipeline, its path a parameter.`,
    }));
}

function taskBlockers(leaf: LeafTask, spec: PipelineSpec): readonly Remark[] {
  if (leaf.executor.importer) return importerBlockers(leaf, spec, named(leaf));
  if (!leaf.executor.container) return [unknownExecutor(leaf)];
  const blocker = containerBlocker(leaf.executor.container, spec.sdkVersion, named(leaf));
  return blocker === undefined ? [] : [{ ...blocker, task: leaf.path }];
}

function unknownExecutor(leaf: LeafTask): Remark {
  const { executor } = leaf;
  const kind = Object.keys(executor).find((key) => own(executor, key) !== undefined) ?? 'nothing';
  if (kind === 'resolver') {
    return {
      what: 'resolver',
      task: leaf.path,
      message: `${named(leaf)} looks up artifacts of earlier runs (resolver), of which only a cluster keeps the records.`,
      hint: 'Bring the artifact in with dsl.importer, its path a parameter, or run the pipeline on Kubeflow.',
    };
  }
  return {
    what: 'unknown_executor',
    task: leaf.path,
    message: `${named(leaf)} is carried out by "${kind}", which only a cluster knows.`,
    hint: 'Replace it by a Python component, or run the pipeline on Kubeflow.',
  };
}

/** Settings of a task that can run here but have no effect here. */
function taskNotes(leaf: LeafTask, spec: PipelineSpec): readonly Remark[] {
  const container = leaf.executor.container;
  if (!container || containerBlocker(container, spec.sdkVersion, '') !== undefined) return [];
  const notes: Remark[] = [];
  const resources = resourceWords(container);
  if (resources.length > 0) {
    const message = `${named(leaf)} asks for ${resources.join(', ')}; on this machine it gets what there is.`;
    notes.push({ what: 'resources_ignored', task: leaf.path, message });
  }
  if (container.image !== undefined && !isPlainPython(container.image)) {
    const message = `${named(leaf)} is made for the image ${container.image}; packages that only the image has are missing here.`;
    notes.push({
      what: 'image_ignored',
      task: leaf.path,
      message,
      hint: 'Name them in packages_to_install.',
    });
  }
  notes.push(...taskConfigNotes(leaf, named(leaf)), ...cacheCheckNotes(leaf, named(leaf)));
  return notes;
}

function resourceWords(container: ContainerSpec): readonly string[] {
  const resources = container.resources ?? {};
  const names = Object.keys(resources);
  const has = (word: string) => names.some((name) => name.toLowerCase().includes(word));
  return [
    has('cpu') ? 'CPUs' : '',
    has('memory') ? 'memory' : '',
    has('accelerator') ? 'an accelerator' : '',
  ].filter((word) => word !== '');
}

function isPlainPython(image: string): boolean {
  return /^(docker\.io\/)?(library\/)?python:[0-9.]+(-slim)?(-[a-z]+)?$/.test(image);
}

function named(leaf: LeafTask): string {
  const name = leaf.task.componentRef.name.replace(/^comp-/, '');
  const task = leaf.path.split('/').at(-1);
  return task === name ? `Component ${name}` : `Component ${name} (task ${leaf.path})`;
}
