import type { Remark } from '../../../core/domain/pipeline.ts';
import { own } from '../../../core/domain/own.ts';
import type { PlatformSpec } from './schema.ts';
import type { LeafTask } from './walkTasks.ts';

/** Settings of Kubernetes in people's words; others are named as they are. */
const words: { readonly [setting: string]: string } = {
  secretAsEnv: 'variables from secrets',
  secretAsVolume: 'files from secrets',
  configMapAsEnv: 'variables from config maps',
  configMapAsVolume: 'files from config maps',
  fieldPathAsEnv: 'variables from the pod',
  pvcMount: 'a mounted volume',
  emptyDirMounts: 'an empty folder mounted',
  genericEphemeralVolume: 'a volume of its own',
  nodeSelector: 'a certain node',
  tolerations: 'tolerations',
  imagePullSecret: 'an image pull secret',
  imagePullPolicy: 'an image pull policy',
  activeDeadlineSeconds: 'a deadline',
  podMetadata: 'labels or annotations',
  securityContext: 'a security context',
};

/** Says which tasks have settings for Kubernetes, which nothing reads on this machine. */
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
    const said = names.map((name) => own(words, name) ?? name).join(', ');
    const fromOutside = names.some((name) => name.endsWith('AsEnv'));
    const note: Remark = {
      what: 'platform_ignored',
      task: task.path,
      message: `Task ${task.path} has settings for Kubernetes that do nothing here: ${said}.`,
      ...(fromOutside
        ? {
            hint: 'Set the variables before the editor starts and name them in the setting mlops.local.passEnvironment.',
          }
        : {}),
    };
    return [note];
  });
}
