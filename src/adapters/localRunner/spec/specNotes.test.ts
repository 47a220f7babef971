import { expect, it } from 'vitest';
import type { JsonObject } from '../../../core/domain/json.ts';
import { judge } from './judge.ts';
import { readPipelineFile } from '../../workspacePipelines/readPipelineFile.ts';
import { platformSpecSchema } from '../../../core/pipelineSpec/schema.ts';

const boot = 'printf "%s" "$0" > "$p/ephemeral_component.py"; python3 -m kfp.dsl.executor_main';
const python = {
  image: 'python:3.11',
  command: ['sh', '-ec', boot, 'def f(): pass'],
  args: ['--executor_input', '{{$}}', '--function_to_execute', 'f'],
};
const parts = {
  component: {},
  executor: { container: python } as JsonObject,
  task: {},
  spec: {},
  beside: {},
  platform: {},
};

/** What is said of a wrapped pipeline with one Python task a, run with n = 3. */
function judged(changed: Partial<typeof parts>) {
  const { component, executor, task, spec, beside, platform } = { ...parts, ...changed };
  const pipelineSpec = {
    pipelineInfo: { name: 'x' },
    root: { dag: { tasks: { a: { componentRef: { name: 'a' }, ...task } } } },
    components: { a: { executorLabel: 'e', ...component } },
    deploymentSpec: { executors: { e: executor } },
    ...spec,
  };
  const document = readPipelineFile(JSON.stringify({ pipelineSpec, ...beside }));
  if (document.kind !== 'pipeline') throw new Error(JSON.stringify(document));
  const decoded = platformSpecSchema.parse({ platforms: { kubernetes: platform } });
  return judge(document.specification.spec, decoded, { n: 3 }, document.specification.runtimeConfig);
}

it.each<[string, Partial<typeof parts>, readonly string[]]>([
  ['nothing', {}, []],
  [
    'defaultPipelineRoot',
    { spec: { defaultPipelineRoot: 's3://me:word@b/root' } },
    ['On Kubeflow its artifacts are kept in s3://me:••••@b/root; here they stay on this machine.'],
  ],
  [
    'runtimeConfig with other values',
    { beside: { runtimeConfig: { parameterValues: { n: 4, kind: 'a' } } } },
    ['The file brings values of its own for a run (runtimeConfig), which are not used here: n, kind.'],
  ],
  ['runtimeConfig with the same values', { beside: { runtimeConfig: { parameterValues: { n: 3 } } } }, []],
  [
    'the same as the SDK 1 writes it',
    { beside: { runtimeConfig: { parameters: { n: { intValue: '3' } } } } },
    [],
  ],
  [
    'taskConfigPassthroughs',
    {
      component: {
        taskConfigPassthroughs: [{ field: 'RESOURCES' }, { field: 'KUBERNETES_TOLERATIONS' }],
        inputDefinitions: { parameters: { c: { parameterType: 'TASK_CONFIG' } } },
      },
    },
    [
      'Component a is handed the settings of its task to pass them on (TaskConfig: resources, machines); here they are empty.',
    ],
  ],
  [
    'preCacheCheck of a task whose results are kept',
    {
      executor: { container: { ...python, lifecycle: { preCacheCheck: { command: ['look'] } } } },
      task: { cachingOptions: { enableCache: true } },
    },
    ['Component a runs a command before a kept result is looked for (preCacheCheck); here it is not run.'],
  ],
  [
    'preCacheCheck of another',
    { executor: { container: { ...python, lifecycle: { preCacheCheck: { command: ['look'] } } } } },
    [],
  ],
  [
    'resourceTtl… and a time limit',
    {
      platform: {
        pipelineConfig: { resourceTtlOnSuccess: 600, resourceTtlOnFailure: 30, activeDeadlineSeconds: 3600 },
      },
    },
    [
      'On Kubeflow what a run leaves is removed 10 min after it has succeeded, 30 s after it has failed; here it stays until you delete the run.',
      'On Kubeflow a run is ended after 1 h; here it may take as long as it needs.',
    ],
  ],
])('%s is named where it makes a difference', (_, changed, wanted) => {
  expect(judged(changed).notes.map(({ message }) => message)).toEqual(wanted);
});

it('refuses a resolver because it looks up artifacts of earlier runs', () => {
  const [blocker] = judged({ executor: { resolver: { outputArtifactQueries: {} } } }).blockers;
  expect(blocker).toMatchObject({ what: 'resolver', task: 'a' });
  expect(blocker?.message).toContain('looks up artifacts of earlier runs');
});
