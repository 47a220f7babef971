import type { Remark } from '../../../core/domain/pipeline.ts';
import { containerKind, type ContainerKind } from '../../../core/pipelineSpec/pythonComponent.ts';
import type { ContainerSpec } from '../../../core/pipelineSpec/schema.ts';

type Blocked = Exclude<ContainerKind['kind'], 'python'>;

/** Why a container cannot run on this machine, and what to do instead; undefined for Python, which can. */
export function containerBlocker(
  container: ContainerSpec,
  sdkVersion: string | undefined,
  named: string,
): Omit<Remark, 'task'> | undefined {
  const { kind } = containerKind(container, sdkVersion);
  if (kind === 'python') return undefined;
  const volume = volumeAction(container.image);
  return volume === undefined
    ? ofKind[kind](named, container.image ?? 'its image', sdkVersion)
    : {
        what: 'volume_task',
        message: `${named} ${volume} a storage volume of a cluster (kfp-kubernetes), and this machine has none.`,
        hint: 'Hand data from task to task as artifacts (dsl.Output, dsl.Input) instead of a volume, or run the pipeline on Kubeflow.',
      };
}

const ofKind: {
  readonly [kind in Blocked]: (
    named: string,
    image: string,
    sdkVersion: string | undefined,
  ) => Omit<Remark, 'task'>;
} = {
  legacy: (named, _, sdkVersion) => ({
    what: 'legacy_python_component',
    message: `${named} was compiled with ${sdkVersion ?? 'an SDK of version 1'}, and its Python code stands in the file in a form that only that SDK runs.`,
    hint: 'Compile the pipeline again with the Kubeflow Pipelines SDK 2 (@dsl.component).',
  }),
  containerized: (named, image) => ({
    what: 'containerized_python_component',
    message: `${named} has its Python code inside the image ${image}, and images are not run on this machine.`,
    hint: 'Remove target_image from its @dsl.component, which puts the code into the pipeline, or run it on Kubeflow.',
  }),
  container: (named, image) => ({
    what: 'container_component',
    message: `${named} runs a command in the image ${image}, and images are not run on this machine.`,
    hint: 'Write it as a Python component (@dsl.component), or run the pipeline on Kubeflow.',
  }),
};

/** What a task of kfp-kubernetes does with a volume: a cluster knows it by the name of an image that does not exist. */
function volumeAction(image: string | undefined): string | undefined {
  const name = /^(?:docker\.io\/)?argostub\/(createpvc|deletepvc)(?::|@|$)/.exec(image ?? '')?.[1];
  return name === undefined ? undefined : name === 'createpvc' ? 'makes' : 'removes';
}
