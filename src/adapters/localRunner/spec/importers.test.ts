import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { pipelineSpecSchema } from '../../../core/pipelineSpec/schema.ts';

const boot = 'printf "%s" "$0" > "$p/ephemeral_component.py"; python3 -m kfp.dsl.executor_main';
const python = (source: string) => ({
  container: {
    image: 'python:3.11',
    command: ['sh', '-ec', boot, source],
    args: ['--executor_input', '{{$}}', '--function_to_execute', 'f'],
  },
});
const importer = { importer: { artifactUri: { constant: 's3://bucket/x' } } };
const bring = { componentRef: { name: 'bring' } };
const take = {
  componentRef: { name: 'take' },
  inputs: {
    artifacts: { ds: { taskOutputArtifact: { producerTask: 'bring', outputArtifactKey: 'artifact' } } },
  },
};
const specWith = (tasks: object, source = '', more: object = {}) =>
  pipelineSpecSchema.parse({
    pipelineInfo: { name: 'p' },
    root: { dag: { tasks } },
    components: { bring: { executorLabel: 'bring' }, take: { executorLabel: 'take' }, ...more },
    deploymentSpec: { executors: { bring: importer, take: python(source) } },
  });
const blockers = (spec: ReturnType<typeof specWith>) =>
  judge(spec, undefined, {}).blockers.map(({ what }) => what);

describe('an importer of an artifact that is not on this machine', () => {
  it('is allowed when no task takes the artifact', () => {
    expect(blockers(specWith({ bring }))).toEqual([]);
  });

  it.each([
    ['def f(ds: Input[Dataset]) -> str:\n    return ds.metadata["owner"] + ds.uri', []],
    ['def f(ds: dsl.Input[dsl.Dataset]) -> str:\n    return ds.path', ['remote_importer']],
    ['def f(ds: Input[Dataset]):\n    look(ds)', ['remote_importer']],
    ['def f(ds: Input[List[Dataset]]):\n    for one in ds:\n        open(one.path)', ['remote_importer']],
  ])('is allowed when the tasks that take the artifact do not read it: %j', (source, wanted) => {
    expect(blockers(specWith({ bring, take }, source))).toEqual(wanted);
  });

  it('is refused when a task in a group reads the artifact', () => {
    const read = {
      componentRef: { name: 'take' },
      inputs: { artifacts: { ds: { componentInputArtifact: 'ds' } } },
    };
    const group = { dag: { tasks: { read } } };
    const inGroup = { ...take, componentRef: { name: 'group' } };
    const source = 'def f(ds: Input[Dataset]):\n    open(ds.path)';
    expect(blockers(specWith({ bring, inGroup }, source, { group }))).toEqual(['remote_importer']);
  });
});
