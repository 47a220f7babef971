import * as z from 'zod';
import type { Json } from '../../core/domain/json.ts';
import type { ObjectPlace } from '../../core/storage/objectAddress.ts';

/** The answers of the Pipelines API (v2beta1). Empty fields are left out, and unknown ones are let through unread. */

const text = z.string().optional();
const json = z.json() as z.ZodType<Json>;
const object = z.record(z.string(), json);

/** A time in milliseconds; the server writes the years 1 and 1970 for a time that has not come. */
const time = z
  .string()
  .optional()
  .transform((value) => {
    const at = value === undefined ? 0 : Date.parse(value);
    return Number.isNaN(at) || at <= 0 ? undefined : at;
  });

const failure = z.looseObject({ message: text }).optional();
const pageToken = z.looseObject({ next_page_token: text, total_size: z.number().optional() });

export const health = z.looseObject({
  tag_name: text,
  multi_user: z.boolean().optional(),
  pipeline_store: text,
});

export const pipeline = z.looseObject({
  pipeline_id: z.string(),
  display_name: text,
  name: text,
  description: text,
  /** Empty for one that all users share. */
  namespace: text,
  created_at: time,
  error: failure,
});

export const pipelineList = pageToken.extend({ pipelines: z.array(pipeline).default([]) });

export const version = z.looseObject({
  pipeline_id: text,
  pipeline_version_id: z.string(),
  display_name: text,
  description: text,
  created_at: time,
  pipeline_spec: object.optional(),
});

export const versionList = pageToken.extend({ pipeline_versions: z.array(version).default([]) });

export const experiment = z.looseObject({
  experiment_id: z.string(),
  display_name: text,
  created_at: time,
  last_run_created_at: time,
  storage_state: text,
});

export const experimentList = pageToken.extend({ experiments: z.array(experiment).default([]) });

const change = z.looseObject({ update_time: time, state: text });

const taskDetail = z.looseObject({ display_name: text, state: text });

export const run = z.looseObject({
  run_id: z.string(),
  display_name: z.string().default(''),
  description: text,
  storage_state: text,
  experiment_id: text,
  pipeline_spec: object.optional(),
  pipeline_version_reference: z.looseObject({ pipeline_id: text, pipeline_version_id: text }).optional(),
  runtime_config: z.looseObject({ parameters: object.optional() }).optional(),
  created_at: time,
  finished_at: time,
  state: text,
  error: failure,
  run_details: z.looseObject({ task_details: z.array(taskDetail).default([]) }).optional(),
  state_history: z.array(change).default([]),
  recurring_run_id: text,
});

export const runList = pageToken.extend({ runs: z.array(run).default([]) });

/** What v1beta1 alone tells of a run: the workflow, as text. */
export const runtime = z.looseObject({
  pipeline_runtime: z.looseObject({ workflow_manifest: text }).optional(),
});

const argument = z.looseObject({ name: z.string(), value: text });
const passed = z.looseObject({ parameters: z.array(argument).default([]) }).optional();

/** Where Argo keeps what a step wrote; left out: the bucket of the workflow. */
const kept = z.looseObject({
  name: z.string(),
  s3: z.looseObject({ bucket: text, key: text }).nullish(),
});
const written = z
  .looseObject({ parameters: z.array(argument).default([]), artifacts: z.array(kept).default([]).catch([]) })
  .optional();

const node = z.looseObject({
  id: z.string(),
  name: z.string(),
  displayName: text,
  templateName: text,
  type: text,
  phase: text,
  message: text,
  startedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
  inputs: passed,
  outputs: written,
});

const repository = z
  .looseObject({
    artifactRepository: z.looseObject({ s3: z.looseObject({ bucket: text }).optional() }).optional(),
  })
  .nullish()
  .catch(undefined);

export const workflow = z.looseObject({
  metadata: z.looseObject({ name: text }).optional(),
  spec: z
    .looseObject({
      activeDeadlineSeconds: z.number().nullish(),
      shutdown: z.string().nullish(),
      suspend: z.boolean().nullish(),
    })
    .nullish(),
  status: z
    .looseObject({
      phase: text,
      message: text,
      nodes: z.record(z.string(), node).nullish(),
      artifactRepositoryRef: repository,
    })
    .nullish(),
});

export const nothing = z.unknown();

export type ApiRun = z.infer<typeof run>;
export type ApiPipeline = z.infer<typeof pipeline>;
export type ApiExperiment = z.infer<typeof experiment>;
export type ApiVersion = z.infer<typeof version>;
export type WorkflowNode = z.infer<typeof node> & {
  /** Where its log was archived. */
  readonly archivedLog?: ObjectPlace;
};
