import type { Page, PageQuery } from '../../src/core/domain/page.ts';
import type { Schedule, ScheduleId } from '../../src/core/domain/schedule.ts';
import { ChangedSince } from '../../src/core/ports/changedSince.ts';
import type { Clock } from '../../src/core/ports/clock.ts';
import { MlopsError, throwIfAborted } from '../../src/core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../src/core/ports/pipelineBackend.ts';
import type { ScheduleRequest, Schedules } from '../../src/core/ports/schedules.ts';
import { pageOfItems } from './pages.ts';

/** The fake whose pipelines are scheduled. */
type Scheduled = Pick<PipelineBackend, 'connection' | 'getPipeline' | 'prepareRun'> & {
  readonly clock: Clock;
};

/** Schedules in memory, which start nothing. */
export class MemorySchedules implements Schedules {
  readonly zone = 'UTC';
  /** Every call that changes something, in order: "create iris", "off iris", "delete iris". */
  readonly calls: string[] = [];
  readonly #backend: Scheduled;
  readonly #all = new Map<ScheduleId, Schedule>();
  readonly #keys = new Map<string, ScheduleId>();

  constructor(backend: Scheduled) {
    this.#backend = backend;
  }

  /** Adds a schedule as it is; what is not given is usual. */
  add(schedule: Partial<Omit<Schedule, 'id'>> & { readonly name: string; readonly id?: string }): ScheduleId {
    const id = (schedule.id ?? `schedule-${this.#all.size + 1}`) as ScheduleId;
    const { connection, clock } = this.#backend;
    this.#all.set(id, {
      connection: connection.id,
      pipeline: { id: `${schedule.name}.yaml` as Schedule['pipeline']['id'], name: schedule.name },
      timing: { kind: 'cron', cron: '0 0 6 * * 1-5' },
      zone: this.zone,
      enabled: true,
      createdAt: clock.now() + this.#all.size,
      mostAtOnce: 1,
      catchesUp: false,
      parameters: {},
      ...schedule,
      id,
    });
    return id;
  }

  /** The schedules that there are. */
  get all(): readonly Schedule[] {
    return [...this.#all.values()];
  }

  async create(request: ScheduleRequest, signal: AbortSignal): Promise<ScheduleId> {
    throwIfAborted(signal);
    const before = this.#keys.get(request.idempotencyKey);
    if (before !== undefined) return before;
    const { pipeline: asked, given, parameters, name, timing } = request;
    const { id: pipeline, name: called } =
      given?.pipeline ?? (await this.#backend.getPipeline(asked, signal));
    const { fingerprint } = await this.#backend.prepareRun(request, signal);
    if ((request.agreed ?? fingerprint) !== fingerprint) throw new ChangedSince(called, ['its code']);
    const id = this.add({ name, timing, parameters, pipeline: { id: pipeline, name: called } });
    this.#keys.set(request.idempotencyKey, id);
    this.calls.push(`create ${name}`);
    return id;
  }

  async list(query: PageQuery, signal: AbortSignal): Promise<Page<Schedule>> {
    throwIfAborted(signal);
    const newest = this.all.toSorted((a, b) => b.createdAt - a.createdAt);
    return pageOfItems(newest, query, ({ id }) => String(1e9 + newest.findIndex((one) => one.id === id)));
  }

  async get(id: ScheduleId, signal: AbortSignal): Promise<Schedule> {
    throwIfAborted(signal);
    const found = this.#all.get(id);
    if (found === undefined) throw new MlopsError('notFound', `There is no schedule ${id}.`);
    return found;
  }

  async enable(id: ScheduleId, enabled: boolean, signal: AbortSignal): Promise<void> {
    const found = await this.get(id, signal);
    this.calls.push(`${enabled ? 'on' : 'off'} ${found.name}`);
    this.#all.set(id, { ...found, enabled });
  }

  async delete(id: ScheduleId, signal: AbortSignal): Promise<void> {
    const { name } = await this.get(id, signal);
    this.calls.push(`delete ${name}`);
    this.#all.delete(id);
  }
}
