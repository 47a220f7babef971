import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { homeAt } from './home.ts';
import { planLocalRun } from './preparation.ts';
import { foundPython as python } from '../../../test/fakes/localPython.ts';
import { pipelineSpecSchema } from '../../core/pipelineSpec/schema.ts';

const boot =
  'printf "%s" "$0" > "$d/ephemeral_component.py"; python3 -m kfp.dsl.executor_main --component_module_path "$d/ephemeral_component.py"';
const executor = (requirement: string) => ({
  container: {
    image: 'python:3.11',
    command: [
      'sh',
      '-c',
      `python3 -m pip install '${requirement}' && "$0" "$@"`,
      'sh',
      '-ec',
      boot,
      'def f(): pass',
    ],
    args: ['--executor_input', '{{$}}', '--function_to_execute', 'f'],
  },
});
const json = {
  pipelineInfo: { name: 'two-worlds' },
  root: { dag: { tasks: { a: { componentRef: { name: 'a' } }, b: { componentRef: { name: 'b' } } } } },
  components: { a: { executorLabel: 'exec-a' }, b: { executorLabel: 'exec-b' } },
  deploymentSpec: {
    executors: { 'exec-a': executor('requests==2.25.1'), 'exec-b': executor('urllib3==2.2.1') },
  },
};
const file = { spec: pipelineSpecSchema.parse(json), json, platform: undefined, line: 1 };
const settings = {
  environment: 'managed',
  parallelism: 2,
  memoryLimitMegabytes: null,
  logLimitMegabytes: 20,
  passEnvironment: [],
  allowInsecureIndexes: false,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-plan-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function build(environment: string): Promise<void> {
  const parts = path.join(environment, 'lib', 'python3.11', 'site-packages', 'kfp', 'dsl');
  await mkdir(parts, { recursive: true });
  await mkdir(path.join(environment, 'bin'));
  await writeFile(path.join(parts, 'executor.py'), '');
  await writeFile(path.join(environment, 'bin', 'python'), '');
  await writeFile(path.join(environment, 'mlops-ready.json'), JSON.stringify({ noDeps: ['kfp==2.17.0'] }));
}

it('plans one environment, and one for each component in case their packages conflict', async () => {
  const home = homeAt(folder);
  const plan = () => planLocalRun(file, {}, python, home, settings);
  const first = await plan();
  const [shared, ...others] = first.environments;
  expect(others).toEqual([]);
  expect(shared?.apart?.map(({ requirements, labels }) => ({ requirements, labels }))).toEqual([
    { requirements: ['requests==2.25.1'], labels: ['exec-a'] },
    { requirements: ['urllib3==2.2.1'], labels: ['exec-b'] },
  ]);
  expect(first.missing).toEqual([shared?.id]);
  for (const environment of shared?.apart ?? []) await build(environment.path);
  expect((await plan()).missing).toEqual([shared?.id]);
  await writeFile(`${shared?.path}.apart`, '');
  const again = await plan();
  expect(again.missing).toEqual([]);
  expect(again.preparation.install).toEqual([]);
  expect(again.environments).toEqual(first.environments);
});
