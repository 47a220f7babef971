import * as z from 'zod';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { Json } from '../../core/domain/json.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { Schedule, ScheduleId, Timing } from '../../core/domain/schedule.ts';
import { readCron } from '../../core/schedules/cron.ts';
import { everyDuration } from '../../core/schedules/readTiming.ts';
import { readRecord } from './runRecord.ts';
import { run } from './schema.ts';

const { display_name, description, created_at, pipeline_spec, pipeline_version_reference, runtime_config } =
  run.shape;

/** The server writes numbers of 64 bits as texts. */
const whole = z
  .union([z.number(), z.string()])
  .optional()
  .transform((value) => Number(value ?? 0));

const bounds = { start_time: created_at, end_time: created_at };

export const recurringRun = z.looseObject({
  recurring_run_id: z.string(),
  display_name,
  description,
  created_at,
  pipeline_spec,
  pipeline_version_reference,
  runtime_config,
  max_concurrency: whole,
  no_catchup: z.boolean().default(false),
  status: z.string().optional(),
  trigger: z
    .looseObject({
      cron_schedule: z.looseObject({ ...bounds, cron: z.string().default('') }).optional(),
      periodic_schedule: z.looseObject({ ...bounds, interval_second: whole }).optional(),
    })
    .default({}),
});

/** The one list of the API whose field is in camel case. */
export const recurringRunList = z.looseObject({
  recurringRuns: z.array(recurringRun).default([]),
  next_page_token: z.string().optional(),
  total_size: z.number().optional(),
});

export type ApiRecurringRun = z.infer<typeof recurringRun>;

/** The pipeline that a recurring run keeps by itself: in its description, or as its own specification. */
export function pipelineIn(one: ApiRecurringRun): Schedule['pipeline'] | undefined {
  const record = readRecord(one.description);
  if (record !== undefined) return { id: record.id, name: record.name };
  if (one.pipeline_version_reference !== undefined) return undefined;
  const info = z
    .looseObject({ pipelineInfo: z.looseObject({ name: z.string() }) })
    .safeParse(one.pipeline_spec?.['pipeline_spec'] ?? one.pipeline_spec);
  const name = info.data?.pipelineInfo.name ?? one.display_name;
  return { id: name as PipelineId, name };
}

export function toSchedule(
  one: ApiRecurringRun,
  pipeline: Schedule['pipeline'],
  { connection, zone }: { readonly connection: ConnectionId; readonly zone: string },
): Schedule {
  const { cron_schedule: cron, periodic_schedule: periodic } = one.trigger;
  const { start_time: startsAt, end_time: endsAt } = cron ?? periodic ?? {};
  return {
    connection,
    id: one.recurring_run_id as ScheduleId,
    name: one.display_name,
    pipeline,
    timing: cron === undefined ? intervalOf(periodic?.interval_second ?? 0) : timingOf(cron.cron),
    zone,
    enabled: one.status === 'ENABLED',
    createdAt: one.created_at ?? 0,
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(endsAt === undefined ? {} : { endsAt }),
    mostAtOnce: one.max_concurrency,
    catchesUp: !one.no_catchup,
    parameters: (one.runtime_config?.parameters ?? {}) as { readonly [name: string]: Json },
  };
}

const intervalOf = (seconds: number): Timing | undefined =>
  seconds > 0 ? { kind: 'interval', seconds } : undefined;

/** A cron as the server keeps it, which may be "@every 1h". */
function timingOf(text: string): Timing {
  const [, duration = ''] = /^@every\s+(\S+)$/i.exec(text) ?? [];
  const every = duration === '' ? undefined : everyDuration(duration);
  if (every?.kind === 'timing') return every.timing;
  const read = readCron(text);
  return { kind: 'cron', cron: read.kind === 'cron' ? read.cron : text };
}

/** How the server is told of a timing. */
export function triggerOf(timing: Timing): object {
  return timing.kind === 'cron'
    ? { cron_schedule: { cron: timing.cron } }
    : { periodic_schedule: { interval_second: String(timing.seconds) } };
}
