import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TaskNode } from '../../../core/domain/pipeline.ts';
import { judge } from './judge.ts';
import { pipelineParameters } from '../../../core/pipelineSpec/parameters.ts';
import { readPipelineFile } from '../../workspacePipelines/readPipelineFile.ts';
import { pipelineSpecSchema, platformSpecSchema } from '../../../core/pipelineSpec/schema.ts';
import { taskGraph } from '../../../core/pipelineSpec/taskGraph.ts';

const conformance = new URL('../../../../test/conformance/local/pipelines/', import.meta.url);
const specOf = (name: string) => {
  const document = readPipelineFile(readFileSync(new URL(`${name}.yaml`, conformance), 'utf8'));
  if (document.kind !== 'pipeline') throw new Error(JSON.stringify(document));
  return document.specification.spec;
};

describe('judge', () => {
  it('names the component, the reason and what to do', () => {
    expect(judge(specOf('container'), undefined, {}).blockers).toEqual([
      {
        what: 'container_component',
        task: 'cont',
        message: 'Component cont runs a command in the image alpine, and images are not run on this machine.',
        hint: 'Write it as a Python component (@dsl.component), or run the pipeline on Kubeflow.',
      },
    ]);
    expect(judge(specOf('containerizedp'), undefined, {}).blockers[0]?.message).toContain(
      'inside the image my/img:1',
    );
  });

  it('gives the true reason for cluster volumes and for components compiled with SDK 1', () => {
    const blocker = (container: object, sdkVersion = 'kfp-2.17.0') => {
      const spec = pipelineSpecSchema.parse({
        pipelineInfo: { name: 'x' },
        sdkVersion,
        root: { dag: { tasks: { a: { componentRef: { name: 'a' } } } } },
        components: { a: { executorLabel: 'e' } },
        deploymentSpec: { executors: { e: { container } } },
      });
      return judge(spec, undefined, {}).blockers[0];
    };
    expect(blocker({ image: 'argostub/createpvc' })).toEqual({
      what: 'volume_task',
      task: 'a',
      message: 'Component a makes a storage volume of a cluster (kfp-kubernetes), and this machine has none.',
      hint: 'Hand data from task to task as artifacts (dsl.Output, dsl.Input) instead of a volume, or run the pipeline on Kubeflow.',
    });
    expect(blocker({ image: 'argostub/deletepvc:latest' })?.message).toContain('removes a storage volume');
    const args = ['--executor_input', '{{$}}', '--function_to_execute', 'train'];
    const writes = 'program_path=$(mktemp)\nprintf "%s" "$0" > "$program_path"\n';
    const source = 'from kfp.v2.dsl import *\n\ndef train(): pass\n';
    const embedded = [
      'sh',
      '-ec',
      `${writes}python3 -u "$program_path" "$@"`,
      `${source}def executor_main(): pass`,
    ];
    const legacy = blocker({ image: 'python:3.7', command: embedded, args }, 'kfp-1.8.9');
    expect(legacy).toMatchObject({ what: 'legacy_python_component', task: 'a' });
    expect(legacy?.message).toContain('compiled with kfp-1.8.9');
    expect(legacy?.hint).not.toContain('target_image');
    const module = ['sh', '-ec', `${writes}python3 -m kfp.components.executor_main "$@"`, source];
    expect(blocker({ image: 'python:3.7', command: module, args }, 'kfp-1.8.9')).toBeUndefined();
  });

  it.each([
    ['s3://bucket/x', 1],
    ['gs://bucket/x', 1],
    ['https://example.com/x', 1],
    ['/data/x', 0],
    ['file:///data/x', 0],
    ['C:\\data', 0],
    [undefined, 0],
  ])('judges an importer by the address it is given: %s', (u, blockers) => {
    expect(judge(specOf('importparam'), undefined, { u }).blockers).toHaveLength(blockers);
  });

  it('refuses a required input artifact and allows an optional one', () => {
    const root = (isOptional: boolean) => ({
      dag: { tasks: {} },
      inputDefinitions: { artifacts: { data: { isOptional } } },
    });
    const spec = (isOptional: boolean) =>
      pipelineSpecSchema.parse({ pipelineInfo: { name: 'x' }, root: root(isOptional) });
    expect(judge(spec(false), undefined, {}).blockers.map(({ what }) => what)).toEqual(['missing_artifact']);
    expect(judge(spec(true), undefined, {}).blockers).toEqual([]);
  });

  it('refuses executors that only a cluster knows', () => {
    const spec = pipelineSpecSchema.parse({
      pipelineInfo: { name: 'x' },
      root: { dag: { tasks: { a: { componentRef: { name: 'c' } } } } },
      components: { c: { executorLabel: 'e' } },
      deploymentSpec: { executors: { e: { customJob: {} } } },
    });
    expect(judge(spec, undefined, {}).blockers[0]).toMatchObject({ what: 'unknown_executor', task: 'a' });
  });

  it('notes which settings are ignored', () => {
    const platform = platformSpecSchema.parse({
      platforms: {
        kubernetes: { deploymentSpec: { executors: { 'exec-say': { secretAsEnv: [], pvcMount: [] } } } },
      },
    });
    expect(
      judge(specOf('envres'), platform, {}).notes.map(({ what, task, message }) => ({ what, task, message })),
    ).toEqual([
      {
        what: 'resources_ignored',
        task: 'say',
        message:
          'Component say asks for CPUs, memory, an accelerator; on this machine it gets what there is.',
      },
      {
        what: 'platform_ignored',
        task: 'say',
        message:
          'Task say has settings for Kubernetes that do nothing here: variables from secrets, a mounted volume.',
      },
    ]);
  });
});

describe('notes about differences on this machine', () => {
  it('are left out for a container that cannot run here', () => {
    const spec = pipelineSpecSchema.parse({
      pipelineInfo: { name: 'x' },
      root: { dag: { tasks: { a: { componentRef: { name: 'a' } } } } },
      components: { a: { executorLabel: 'e' } },
      deploymentSpec: {
        executors: { e: { container: { image: 'tool:1', command: ['run'], resources: { cpuLimit: 2 } } } },
      },
    });
    expect(judge(spec, undefined, {})).toMatchObject({
      blockers: [{ what: 'container_component' }],
      notes: [],
    });
  });

  it('describe Kubernetes settings in plain words', () => {
    const noteOf = (settings: object) =>
      judge(
        specOf('envres'),
        platformSpecSchema.parse({
          platforms: { kubernetes: { deploymentSpec: { executors: { 'exec-say': settings } } } },
        }),
        {},
      ).notes.at(-1)?.message;
    const before = 'Task say has settings for Kubernetes that do nothing here: ';
    expect(noteOf({ nodeAffinity: [], tolerations: [], nodeSelector: {} })).toBe(
      `${before}the machines it may run on.`,
    );
    expect(noteOf({ pvcMount: [], someNewThing: 1 })).toBe(`${before}a mounted volume and one more.`);
    expect(noteOf({ a: 1, b: 2 })).toBe(`${before}2 of them.`);
  });
});

describe('taskGraph', () => {
  const lines = (nodes: readonly TaskNode[], indent = ''): string[] =>
    nodes.flatMap((node) => [
      `${indent}${node.name} ${node.kind}${node.after.length === 0 ? '' : ` after ${node.after.join(' ')}`}`,
      ...lines(node.children, `${indent}  `),
    ]);

  it.each([
    ['loopif', ['for-loop-2 loop', '  condition-3 condition after num', '    say task', '  num task']],
    ['exith', ['exit-handler-1 exit', '  say task', 'onexit task after exit-handler-1']],
    ['importlocal', ['importer importer', 'rdds task after importer']],
    [
      'ifbool',
      [
        'boolc task',
        'condition-branches-1 condition after boolc',
        '  condition-2 condition',
        '    say task',
        '  condition-3 condition',
        '    say-2 task',
      ],
    ],
    [
      'nested',
      [
        'add task after inner inner-2',
        'inner dag',
        '  add task',
        '  num task after add',
        'inner-2 dag',
        '  add task',
        '  num task after add',
      ],
    ],
  ])('%s', (name, wanted) => {
    expect(lines(taskGraph(specOf(name)))).toEqual(wanted);
  });

  it('recognises groups by their shape, not by their names', () => {
    const tasks = {
      'condition-1': { componentRef: { name: 'inner' } },
      'for-loop-2': { componentRef: { name: 'leaf' } },
    };
    const spec = pipelineSpecSchema.parse({
      pipelineInfo: { name: 'x' },
      root: { dag: { tasks } },
      components: {
        inner: { dag: { tasks: { a: { componentRef: { name: 'leaf' } } } } },
        leaf: { executorLabel: 'e' },
      },
      deploymentSpec: { executors: { e: { container: {} } } },
    });
    expect(taskGraph(spec).map(({ kind }) => kind)).toEqual(['dag', 'task']);
  });
});

it('pipelineParameters gives types, defaults and choices and leaves out what Kubeflow fills in', () => {
  const parameters = {
    n: { parameterType: 'NUMBER_INTEGER', defaultValue: 3.0, isOptional: true, description: 'how many' },
    rate: { parameterType: 'NUMBER_DOUBLE', defaultValue: '1e-3' },
    old: { type: 'INT' },
    kind: { parameterType: 'STRING', literals: ['a', 'b'], isOptional: true },
    l: { parameterType: 'LIST', defaultValue: [1, null] },
    status: { parameterType: 'TASK_FINAL_STATUS', isOptional: true },
    config: { parameterType: 'TASK_CONFIG', isOptional: true },
  };
  const spec = pipelineSpecSchema.parse({
    pipelineInfo: { name: 'x' },
    root: { inputDefinitions: { parameters } },
  });
  expect(pipelineParameters(spec)).toEqual([
    { name: 'n', type: 'integer', required: false, default: 3, description: 'how many' },
    { name: 'rate', type: 'number', required: false, default: 0.001 },
    { name: 'old', type: 'integer', required: true },
    { name: 'kind', type: 'string', required: false, choices: ['a', 'b'] },
    { name: 'l', type: 'list', required: false, default: [1, null] },
  ]);
});
