import * as z from 'zod';
import type { Json } from '../domain/json.ts';

/**
 * The parts of a PipelineSpec (pipeline_spec.proto, schema 2.1) that matter here. As loose as the proto: other
 * fields stay in the JSON that the runner gets, unread.
 */

const json = z.json() as z.ZodType<Json>;
const text = z.string();
/** A field of the proto that may be left out, or written as `null` by hand. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
const mapOf = <T extends z.ZodType>(schema: T) => maybe(z.record(text, schema));

const parameterDefinition = z.looseObject({
  parameterType: maybe(text),
  type: maybe(text),
  defaultValue: z.unknown().optional(),
  isOptional: maybe(z.boolean()),
  description: maybe(text),
  literals: maybe(z.array(json)),
});

const artifactDefinition = z.looseObject({
  artifactType: maybe(z.looseObject({ schemaTitle: maybe(text) })),
  isArtifactList: maybe(z.boolean()),
  isOptional: maybe(z.boolean()),
});

const definitions = maybe(
  z.looseObject({ parameters: mapOf(parameterDefinition), artifacts: mapOf(artifactDefinition) }),
);

const taskParameter = z.looseObject({
  taskOutputParameter: maybe(z.looseObject({ producerTask: text, outputParameterKey: text })),
  componentInputParameter: maybe(text),
  runtimeValue: maybe(z.looseObject({ constant: z.unknown().optional(), runtimeParameter: maybe(text) })),
  taskFinalStatus: maybe(z.looseObject({ producerTask: text })),
});

const taskArtifact = z.looseObject({
  taskOutputArtifact: maybe(z.looseObject({ producerTask: text, outputArtifactKey: text })),
  componentInputArtifact: maybe(text),
});

const task = z.looseObject({
  taskInfo: maybe(z.looseObject({ name: maybe(text) })),
  componentRef: z.looseObject({ name: text }),
  dependentTasks: maybe(z.array(text)),
  inputs: maybe(z.looseObject({ parameters: mapOf(taskParameter), artifacts: mapOf(taskArtifact) })),
  triggerPolicy: maybe(z.looseObject({ condition: maybe(text), strategy: maybe(text) })),
  parameterIterator: maybe(
    z.looseObject({
      itemInput: text,
      items: z.looseObject({ raw: maybe(text), inputParameter: maybe(text) }),
    }),
  ),
  artifactIterator: maybe(
    z.looseObject({ itemInput: text, items: z.looseObject({ inputArtifact: maybe(text) }) }),
  ),
});

const selector = z.looseObject({ producerSubtask: text, outputParameterKey: maybe(text) });
const parameterOutput = z.looseObject({
  valueFromParameter: maybe(selector),
  valueFromOneof: maybe(z.looseObject({ parameterSelectors: maybe(z.array(selector)) })),
});
const artifactOutput = z.looseObject({ artifactSelectors: maybe(z.array(selector)) });

const dag = z.looseObject({
  tasks: mapOf(task),
  outputs: maybe(z.looseObject({ parameters: mapOf(parameterOutput), artifacts: mapOf(artifactOutput) })),
});

const component = z.looseObject({
  executorLabel: maybe(text),
  dag: maybe(dag),
  inputDefinitions: definitions,
  outputDefinitions: definitions,
});

const container = z.looseObject({
  image: maybe(text),
  command: maybe(z.array(text)),
  args: maybe(z.array(z.unknown())),
  env: maybe(z.array(z.looseObject({ name: text, value: maybe(z.union([text, z.number(), z.boolean()])) }))),
  resources: maybe(z.looseObject({})),
});

const importer = z.looseObject({
  artifactUri: maybe(z.looseObject({ constant: z.unknown().optional(), runtimeParameter: maybe(text) })),
});

const executor = z.looseObject({ container: maybe(container), importer: maybe(importer) });

/** A whole PipelineSpec. */
export const pipelineSpecSchema = z.looseObject({
  pipelineInfo: z.looseObject({ name: text.min(1), displayName: maybe(text), description: maybe(text) }),
  root: component,
  components: mapOf(component),
  deploymentSpec: maybe(z.looseObject({ executors: mapOf(executor) })),
  schemaVersion: maybe(text),
  sdkVersion: maybe(text),
});

/** The platform document beside a PipelineSpec: only the names of executors are read. */
export const platformSpecSchema = z.looseObject({
  platforms: mapOf(
    z.looseObject({
      deploymentSpec: maybe(z.looseObject({ executors: mapOf(z.record(text, z.unknown())) })),
    }),
  ),
});

export type PipelineSpec = z.infer<typeof pipelineSpecSchema>;
export type PlatformSpec = z.infer<typeof platformSpecSchema>;
export type ComponentSpec = z.infer<typeof component>;
export type TaskSpec = z.infer<typeof task>;
export type ExecutorSpec = z.infer<typeof executor>;
export type ContainerSpec = z.infer<typeof container>;
export type ParameterDefinition = z.infer<typeof parameterDefinition>;
