import * as z from 'zod';
import type { Json } from '../../../core/domain/json.ts';
import { pipelineSpecSchema } from '../../../core/pipelineSpec/schema.ts';

/** run.json as docs/local-runner.md describes it. Fields that are not named there are ignored. */

export const schema = 1;

const json = z.json() as z.ZodType<Json>;
const values = z.record(z.string(), json);
const time = z.number().nullish();
const text = z.string().nullish();

const source = z.object({
  kind: z.enum(['yaml', 'python', 'sample', 'server']),
  file: z.string().optional(),
  label: z.string().optional(),
  line: z.number().optional(),
  function: z.string().optional(),
});

const remark = z.object({ what: z.string(), task: text, message: z.string(), hint: text });

const artifact = z.object({
  name: z.string(),
  type: z.string(),
  uri: z.string(),
  metadata: z.record(z.string(), json).nullish(),
});

const taskError = z.object({
  kind: z.string(),
  type: text,
  message: text,
  line: z.number().nullish(),
  text,
  function: text,
  offset: z.number().nullish(),
  hint: text,
});

const attempt = z.object({ number: z.number(), state: z.string(), log: text });

const task = z.object({
  path: z.string(),
  name: z.string(),
  displayName: text,
  kind: z.enum(['task', 'importer', 'dag', 'loop', 'iteration', 'condition', 'exit']),
  state: z.enum(['pending', 'running', 'succeeded', 'failed', 'skipped', 'stopped']),
  because: z.enum(['condition', 'upstream']).nullish(),
  startedAt: time,
  endedAt: time,
  attempts: z.array(attempt).nullish(),
  retries: z.number().nullish(),
  cachedFrom: text,
  log: text,
  inputs: values.nullish(),
  outputs: values.nullish(),
  artifacts: z.array(artifact).nullish(),
  metrics: z.record(z.string(), values).nullish(),
  error: taskError.nullish(),
});

export const runRecordSchema = z.object({
  schema: z.literal(schema),
  seq: z.number(),
  id: z.string(),
  number: z.number(),
  name: z.string(),
  pipeline: z.object({ id: z.string(), name: z.string(), source: source.nullish() }),
  createdAt: z.number(),
  arguments: values,
  cache: z.boolean().nullish(),
  notes: z.array(remark).nullish(),
  state: z.enum(['preparing', 'running', 'stopping', 'succeeded', 'failed', 'stopped']),
  startedAt: time,
  endedAt: time,
  environments: z.array(z.object({ id: z.string(), state: z.string(), line: text, log: text })).nullish(),
  error: z.object({ kind: z.string(), type: text, message: text, task: text, hint: text }).nullish(),
  outputs: values.nullish(),
  tasks: z.array(task),
});

/** The head of request.json: what is known of a run whose run.json cannot be read. */
export const requestHeadSchema = z.object({
  id: z.string(),
  number: z.number(),
  name: z.string(),
  createdAt: z.number(),
  pipeline: z.object({ id: z.string(), name: z.string(), source: source.nullish() }),
  arguments: values.nullish(),
});

/** The specification in request.json, which was checked before it was written. */
export const requestSpecSchema = z.object({ id: z.string(), spec: pipelineSpecSchema });

export type RunRecord = z.infer<typeof runRecordSchema>;
export type TaskRecord = z.infer<typeof task>;
export type RequestHead = z.infer<typeof requestHeadSchema>;
export type PipelineRef = RunRecord['pipeline'];
