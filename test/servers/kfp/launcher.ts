import type { Act } from './scene.ts';
import type { Component, Container } from './tasks.ts';
import type { Struct } from './struct.ts';

/** What the drivers and launchers of Kubeflow Pipelines 2.17 write, in their own form. */

export interface RuntimeArtifact {
  readonly name: string;
  readonly type: Struct | undefined;
  readonly uri: string;
  readonly metadata: Struct;
}

type Lists = { readonly [name: string]: { readonly artifacts: readonly RuntimeArtifact[] } };

export interface ExecutorInput {
  readonly inputs: { readonly parameterValues: Struct; readonly artifacts: Lists };
  readonly outputs: {
    readonly parameters: Struct;
    readonly artifacts: Lists;
    readonly outputFile: string;
  };
}

/** A task that is about to run. */
export interface Launched {
  readonly pipeline: string;
  readonly run: string;
  readonly execution: number;
  readonly component: Component;
  readonly container: Container;
  readonly input: ExecutorInput;
}

/** The outputs of a task's driver; that of a task from the cache adds nothing to a pod. */
export function driverOutputs(launched: Launched, cached: boolean): Struct {
  const parameter = (name: string, value: string) => ({
    name,
    value,
    valueFrom: { path: `/tmp/outputs/${name}` },
  });
  return {
    parameters: [
      parameter('pod-spec-patch', cached ? '' : patchOf(launched)),
      parameter('cached-decision', String(cached)),
      parameter('condition', 'nil'),
    ],
  };
}

function patchOf({ pipeline, run, execution, component, container, input }: Launched): string {
  const { command: words = [], args = [], image = '' } = container;
  const command = [
    '/kfp-launcher/launch',
    ...['--pipeline_name', pipeline, '--run_id', run, '--execution_id', String(execution)],
    ...['--executor_input', JSON.stringify(input), '--component_spec', JSON.stringify(component)],
    ...['--pod_name', '$(KFP_POD_NAME)', '--pod_uid', '$(KFP_POD_UID)', '--publish_logs', 'true', '--'],
  ];
  const main = { args: [...words, ...args], command, image, name: 'main', resources: {} };
  return JSON.stringify({ containers: [main] });
}

const folder = '/tmp/tmp.Y6yw1zeeji';
const file = `${folder}/ephemeral_component.py`;
const packages = '/usr/local/lib/python3.11/site-packages/kfp/dsl';

/** The log of a task that wrote or raised something; undefined where the scene says nothing of it. */
export function executorLog(launched: Launched, act: Act, at: number): string | undefined {
  if (act.writes === undefined && act.raises === undefined) return undefined;
  const { container, input } = launched;
  const { args = [] } = container;
  const name = String(args[args.indexOf('--function_to_execute') + 1]);
  const time = new Date(at).toISOString();
  const said = (text: string) => `[KFP Executor ${time.slice(0, 19).replace('T', ' ')},146 INFO]: ${text}\n`;
  const glog = (level: string, from: string, text: string) =>
    `${level}${time.slice(5, 7)}${time.slice(8, 10)} ${time.slice(11, 19)}.502999      27 ${from}] ${text}\n`;
  const begun = [
    said(`Looking for component \`${name}\` in --component_module_path \`${file}\``),
    said(
      `Loading KFP component "${name}" from ${file} (directory "${folder}" and module name "ephemeral_component")`,
    ),
    said(`Got executor_input:\n${JSON.stringify(input, null, 4)}`),
    act.log ?? '',
  ];
  const ended =
    act.raises === undefined
      ? [
          said(`Wrote executor output file to ${input.outputs.outputFile}.`),
          glog('I', 'launcher_v2.go:779', `ExecutorOutput: ${outputText(input, act)}`),
          glog('I', 'launcher_v2.go:193', 'publish success.'),
        ]
      : [
          tracebackText(container, name, act.raises),
          glog('I', 'launcher_v2.go:193', 'publish success.'),
          glog('F', 'main.go:58', 'failed to execute component: exit status 1'),
          `time="${time}" level=info msg="sub-process exited" argo=true error="<nil>"\nError: exit status 1\n`,
        ];
  return [...begun, ...ended].join('');
}

function outputText({ outputs }: ExecutorInput, { writes = {} }: Act): string {
  const { values = {}, metadata = {} } = writes;
  const artifacts = Object.entries(outputs.artifacts).map(([name, { artifacts: list }]) => [
    name,
    { artifacts: list.map(({ uri }) => ({ name, uri, metadata: metadata[name] ?? {} })) },
  ]);
  const output = {
    ...(Object.keys(values).length === 0 ? {} : { parameterValues: values }),
    ...(artifacts.length === 0 ? {} : { artifacts: Object.fromEntries(artifacts) }),
  };
  return JSON.stringify(output, null, 2);
}

function tracebackText(
  { command = [] }: Container,
  name: string,
  { at, type, message }: NonNullable<Act['raises']>,
): string {
  const lines = (command.at(-1) ?? '').split('\n');
  const index = lines.findIndex((line) => line.includes(at));
  return [
    'Traceback (most recent call last):',
    '  File "<frozen runpy>", line 198, in _run_module_as_main',
    '  File "<frozen runpy>", line 88, in _run_code',
    `  File "${packages}/executor_main.py", line 109, in <module>`,
    '    executor_main()',
    `  File "${packages}/executor_main.py", line 101, in executor_main`,
    '    output_file = executor.execute()',
    '                  ^^^^^^^^^^^^^^^^^^',
    `  File "${packages}/executor.py", line 453, in execute`,
    '    result = self.func(**func_kwargs)',
    '             ^^^^^^^^^^^^^^^^^^^^^^^^',
    `  File "${file}", line ${index + 1}, in ${name}`,
    `    ${lines[index]?.trim() ?? ''}`,
    `${type}: ${message}`,
    '',
  ].join('\n');
}
