import { pipelineSpecSchema, type PipelineSpec } from '../../src/core/pipelineSpec/schema.ts';

/** A pipeline with one component, `fit`, as the KFP SDK compiles it; `prelude` is the command before its start. */
export function pipelineWithPrelude(
  prelude: string,
  env: readonly { readonly name: string; readonly value: string }[] = [],
): PipelineSpec {
  const start = 'python3 -m kfp.dsl.executor_main ephemeral_component.py';
  return pipelineSpecSchema.parse({
    pipelineInfo: { name: 'x' },
    root: {},
    deploymentSpec: {
      executors: {
        'exec-fit': {
          container: {
            command: ['sh', '-c', `${prelude} && "$0" "$@"`, 'sh', '-ec', start, 'source'],
            args: ['--function_to_execute', 'fit'],
            env,
          },
        },
      },
    },
  });
}
