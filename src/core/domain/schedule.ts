import type { Brand } from './brand.ts';
import type { ConnectionId } from './connection.ts';
import type { Json } from './json.ts';
import type { PipelineId } from './pipeline.ts';

export type ScheduleId = Brand<'ScheduleId'>;

/** When runs are started: by a cron of six fields, of which the first is seconds, or a fixed time apart. */
export type Timing =
  | { readonly kind: 'cron'; readonly cron: string }
  | { readonly kind: 'interval'; readonly seconds: number };

/** Runs of a pipeline that are started again and again. */
export interface Schedule {
  readonly connection: ConnectionId;
  readonly id: ScheduleId;
  /** Several schedules may have the same. */
  readonly name: string;
  readonly pipeline: { readonly id: PipelineId; readonly name: string };
  /** Undefined for one that starts nothing by itself. */
  readonly timing: Timing | undefined;
  /** The zone of its times, as IANA calls it: "UTC". */
  readonly zone: string;
  readonly enabled: boolean;
  readonly createdAt: number;
  /** It starts nothing before or after these. */
  readonly startsAt?: number;
  readonly endsAt?: number;
  /** How many of its runs may go on at the same time. */
  readonly mostAtOnce: number;
  /** True: runs that were missed, while it was off or the server down, are started later. */
  readonly catchesUp: boolean;
  readonly parameters: { readonly [name: string]: Json };
}
