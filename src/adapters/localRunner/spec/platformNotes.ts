import type { Remark } from '../../../core/domain/pipeline.ts';
import { own } from '../../../core/domain/own.ts';
import type { PlatformSpec } from '../../../core/pipelineSpec/schema.ts';
import type { LeafTask } from '../../../core/pipelineSpec/walkTasks.ts';

/** Settings of Kubernetes in plain words; others are only counted. */
const words: { readonly [setting: string]: string } = {
  secretAsEnv: 'variables from secrets',
  secretAsVolume: 'files from secrets',
  configMapAsEnv: 'variables from config maps',
  configMapAsVolume: 'files from config maps',
  fieldPathAsEnv: 'variables that tell where it runs',
  pvcMount: 'a mounted volume',
  emptyDirMounts: 'an empty folder mounted',
  genericEphemeralVolume: 'a volume of its own',
  nodeSelector: 'the machines it may run on',
  nodeAffinity: 'the machines it may run on',
  tolerations: 'the machines it may run on',
  podAffinity: 'tasks that it should run beside or apart from',
  imagePullSecret: 'a sign-in for its image',
  imagePullPolicy: 'when its image is fetched',
  activeDeadlineSeconds: 'a time limit',
  podMetadata: 'labels or annotations',
  securityContext: 'the user and the rights it runs with',
  enabledSharedMemory: 'shared memory',
};

/** "a, b and 2 more". */
function inWords(names: readonly string[]): string {
  const known = [...new Set(names.flatMap((name) => own(words, name) ?? []))];
  const others = names.filter((name) => own(words, name) === undefined).length;
  if (others === 0) return known.join(', ');
  const more = others === 1 ? 'one more' : `${others} more`;
  return known.length === 0 ? `${others} of them` : `${known.join(', ')} and ${more}`;
}

/** Notes which tasks have settings for Kubernetes, which have no effect on this machine. */
export function platformNotes(
  platform: PlatformSpec | undefined,
  tasks: readonly LeafTask[],
): readonly Remark[] {
  const executors = Object.values(platform?.platforms ?? {}).flatMap((one) =>
    Object.entries(one.deploymentSpec?.executors ?? {}),
  );
  return executors.flatMap(([label, settings]) => {
    const task = tasks.find((one) => one.label === label);
    const names = Object.keys(settings);
    if (!task || names.length === 0) return [];
    const fromOutside = names.some((name) => name.endsWith('AsEnv'));
    const note: Remark = {
      what: 'platform_ignored',
      task: task.path,
      message: `Task ${task.path} has settings for Kubernetes that do nothing here: ${inWords(names)}.`,
      ...(fromOutside
        ? {
            hint: 'Set the variables before the editor starts and name them in the setting mlops.local.passEnvironment.',
          }
        : {}),
    };
    return [note];
  });
}
