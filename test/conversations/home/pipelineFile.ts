import type { Json } from '../../../src/core/domain/json.ts';
import type { SeededPipeline, SeededTask } from './seededPipelines.ts';

/** A compiled pipeline as a file: JSON, which is YAML, too. */
export function pipelineFile({ name, description, parameters, tasks }: SeededPipeline): string {
  return JSON.stringify(
    {
      pipelineInfo: { name, description },
      components: Object.fromEntries(tasks.map((task) => [`comp-${task.name}`, component(task)])),
      deploymentSpec: {
        executors: Object.fromEntries(tasks.map((task) => [`exec-${task.name}`, executor(task)])),
      },
      root: {
        inputDefinitions: {
          parameters: Object.fromEntries(
            Object.entries(parameters).map(([parameter, value]) => [
              parameter,
              { parameterType: typeOf(parameter, value), defaultValue: value, isOptional: true },
            ]),
          ),
        },
        dag: { tasks: Object.fromEntries(tasks.map((task) => [task.name, taskOf(task)])) },
      },
      schemaVersion: '2.1.0',
      sdkVersion: 'kfp-2.17.0',
    },
    null,
    1,
  );
}

/** Parameters that take fractions, whatever their default is. */
const fractions = ['C', 'learning_rate', 'test_size'];

function typeOf(parameter: string, value: Json): string {
  if (Array.isArray(value)) return 'LIST';
  if (typeof value === 'boolean') return 'BOOLEAN';
  if (typeof value === 'string') return 'STRING';
  return fractions.includes(parameter) ? 'NUMBER_DOUBLE' : 'NUMBER_INTEGER';
}

function component({ name, makes = {} }: SeededTask): object {
  const artifacts = Object.entries(makes).map(([artifact, type]) => [
    artifact,
    { artifactType: { schemaTitle: `system.${type}`, schemaVersion: '0.0.1' } },
  ]);
  return { executorLabel: `exec-${name}`, outputDefinitions: { artifacts: Object.fromEntries(artifacts) } };
}

function executor({ name, source }: SeededTask): object {
  return {
    container: {
      image: 'python:3.12',
      command: [
        'sh',
        '-ec',
        'echo "$0" > ephemeral_component.py; python3 -m kfp.dsl.executor_main "$@"',
        `\nfrom kfp.dsl import *\n\n${source}`,
      ],
      args: ['--executor_input', '{{$}}', '--function_to_execute', name.replaceAll('-', '_')],
    },
  };
}

function taskOf({ name, needs }: SeededTask): object {
  return {
    componentRef: { name: `comp-${name}` },
    taskInfo: { name },
    cachingOptions: { enableCache: true },
    ...(needs === undefined ? {} : { dependentTasks: [needs] }),
  };
}
