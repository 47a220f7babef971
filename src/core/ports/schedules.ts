import type { Page, PageQuery } from '../domain/page.ts';
import type { Schedule, ScheduleId, Timing } from '../domain/schedule.ts';
import type { Json } from '../domain/json.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { GivenPipeline } from '../pipelineSpec/givenPipeline.ts';

/** What to run again and again, as a request for one run says it, and when. */
export interface ScheduleRequest {
  readonly name: string;
  readonly timing: Timing;
  readonly pipeline: PipelineId;
  readonly given?: GivenPipeline;
  readonly parameters: { readonly [name: string]: Json };
  readonly cache: boolean;
  readonly idempotencyKey: string;
  readonly agreed?: string;
}

/** The schedules of a connection, on which its server starts runs. Every method throws MlopsError as a backend does. */
export interface Schedules {
  /** The zone in which a cron is meant, as IANA calls it. */
  readonly zone: string;
  /**
   * Makes a schedule that is on, and returns its id. What was missed while the server was down is not made up for. A second request with the
   * same key makes none and returns the first one's id. When `signal` aborts before that, none is left. Throws conflict where the pipeline
   * differs from what was agreed to.
   */
  create(request: ScheduleRequest, signal: AbortSignal): Promise<ScheduleId>;
  /** Schedules, the newest first. */
  list(query: PageQuery, signal: AbortSignal): Promise<Page<Schedule>>;
  get(id: ScheduleId, signal: AbortSignal): Promise<Schedule>;
  /** Turns one on or off. Runs that go on are left alone. */
  enable(id: ScheduleId, enabled: boolean, signal: AbortSignal): Promise<void>;
  /** Deletes one. Its runs stay. */
  delete(id: ScheduleId, signal: AbortSignal): Promise<void>;
}

/** The same schedules with some members of their own. */
export function overridingSchedules(schedules: Schedules, own: Partial<Schedules>): Schedules {
  return {
    zone: schedules.zone,
    create: (request, signal) => schedules.create(request, signal),
    list: (query, signal) => schedules.list(query, signal),
    get: (id, signal) => schedules.get(id, signal),
    enable: (id, enabled, signal) => schedules.enable(id, enabled, signal),
    delete: (id, signal) => schedules.delete(id, signal),
    ...own,
  };
}
