import { createHash } from 'node:crypto';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { Schedule, ScheduleId } from '../../core/domain/schedule.ts';
import { cancelled, MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import { pageSize } from '../../core/ports/pages.ts';
import type { ScheduleRequest, Schedules } from '../../core/ports/schedules.ts';
import { asName } from '../../core/text/literal.ts';
import { type KubeflowApi, part } from './api.ts';
import type { ServerPipelines } from './library.ts';
import { isLost } from './lostAnswers.ts';
import {
  type ApiRecurringRun,
  pipelineIn,
  recurringRun,
  recurringRunList,
  toSchedule,
  triggerOf,
} from './recurringRun.ts';
import { filterOf } from './runList.ts';
import { sendOnce } from './sendOnce.ts';
import { nothing } from './schema.ts';
import type { RunStarter } from './startRun.ts';

const root = '/apis/v2beta1/recurringruns';
const mostPages = 10;

export interface RecurringDeps {
  readonly api: KubeflowApi;
  readonly pipelines: ServerPipelines;
  readonly starter: RunStarter;
  readonly connection: ConnectionId;
  /** The zone of the server's controller of schedules. */
  readonly zone: string;
  /** Called when this window changed one. */
  readonly changed: () => void;
}

/** Schedules, which Kubeflow Pipelines calls recurring runs. */
export class RecurringRuns implements Schedules {
  readonly zone: string;
  readonly #deps: RecurringDeps;

  constructor(deps: RecurringDeps) {
    this.#deps = deps;
    this.zone = deps.zone;
  }

  /** The server gives ids of its own, so a request is known again by a hash of its key in the description. */
  async create(request: ScheduleRequest, signal: AbortSignal): Promise<ScheduleId> {
    throwIfAborted(signal);
    const { api, starter, changed } = this.#deps;
    const mark = markOf(request.idempotencyKey);
    const before = await this.#marked(request.name, mark, signal);
    if (before !== undefined) return before;
    const { body: checked } = await starter.checked(request, signal);
    const body = {
      display_name: request.name,
      ...checked,
      description: `${checked.description}\n${mark}`,
      // One run at a time; a request without a number is refused, and one without a mode is off.
      max_concurrency: '1',
      mode: 'ENABLE',
      no_catchup: true,
      trigger: triggerOf(request.timing),
    };
    throwIfAborted(signal);
    const unhurried = new AbortController().signal;
    await sendOnce({
      what: 'the schedule was made',
      hint: 'List the schedules before you make it again.',
      send: async () => void (await api.json({ method: 'POST', path: root, body }, nothing, unhurried)),
      isThere: async () => (await this.#marked(request.name, mark, unhurried)) !== undefined,
    });
    const made = await this.#marked(request.name, mark, unhurried);
    if (made === undefined)
      throw new MlopsError('internal', `The schedule ${asName(request.name)} was made, but is not listed.`);
    changed();
    if (!signal.aborted) return made;
    await this.delete(made, unhurried).catch(() => undefined);
    throw cancelled();
  }

  async list(query: PageQuery, signal: AbortSignal): Promise<Page<Schedule>> {
    const { recurringRuns, next_page_token: next, total_size: total } = await this.#page(query, signal);
    return {
      items: await Promise.all(recurringRuns.map((one) => this.#known(one, signal))),
      ...(next === undefined || next === '' ? {} : { next }),
      ...(total === undefined ? {} : { total }),
    };
  }

  async get(id: ScheduleId, signal: AbortSignal): Promise<Schedule> {
    const found = await this.#found(id, () =>
      this.#deps.api.json({ path: `${root}/${part(id)}` }, recurringRun, signal),
    );
    return this.#known(found, signal);
  }

  async enable(id: ScheduleId, enabled: boolean, signal: AbortSignal): Promise<void> {
    const path = `${root}/${part(id)}:${enabled ? 'enable' : 'disable'}`;
    await this.#found(id, () => this.#deps.api.text({ method: 'POST', path, body: {} }, signal));
    this.#deps.changed();
  }

  async delete(id: ScheduleId, signal: AbortSignal): Promise<void> {
    const path = `${root}/${part(id)}`;
    try {
      await this.#found(id, () => this.#deps.api.text({ method: 'DELETE', path }, signal));
    } catch (error) {
      if (!isLost(error)) throw error;
      const isGone = await this.get(id, signal).then(
        () => false,
        (gone: unknown) => gone instanceof MlopsError && gone.kind === 'notFound',
      );
      if (!isGone) throw error;
    }
    this.#deps.changed();
  }

  #page({ page, ...query }: PageQuery & { readonly filter?: string }, signal: AbortSignal) {
    const { filter } = query;
    const asked = {
      page_size: String(pageSize(query)),
      sort_by: 'created_at desc',
      page_token: page,
      filter,
      namespace: this.#deps.api.endpoint.namespace,
    };
    return this.#deps.api.json({ path: root, query: asked }, recurringRunList, signal);
  }

  /** The schedule that an earlier request of the same key made. */
  async #marked(name: string, mark: string, signal: AbortSignal): Promise<ScheduleId | undefined> {
    const filter = filterOf([{ key: 'display_name', operation: 'EQUALS', string_value: name }]);
    let page: string | undefined;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const listed = await this.#page({ size: 200, filter, ...(page === undefined ? {} : { page }) }, signal);
      const found = listed.recurringRuns.find(({ description = '' }) =>
        description.split('\n').includes(mark),
      );
      if (found !== undefined) return found.recurring_run_id as ScheduleId;
      page = listed.next_page_token;
      if (page === undefined || page === '') return undefined;
    }
    return undefined;
  }

  async #known(one: ApiRecurringRun, signal: AbortSignal): Promise<Schedule> {
    const own = pipelineIn(one);
    if (own !== undefined) return toSchedule(one, own, this.#deps);
    const id = (one.pipeline_version_reference?.pipeline_id ?? '') as PipelineId;
    return toSchedule(one, { id, name: await this.#deps.pipelines.nameOf(id, signal) }, this.#deps);
  }

  async #found<T>(id: ScheduleId, read: () => Promise<T>): Promise<T> {
    const missing = () =>
      new MlopsError('notFound', `There is no schedule ${asName(id)} on ${this.#deps.api.endpoint.name}.`, {
        hint: 'List the schedules to see which there are.',
      });
    if (id === '') throw missing();
    return read().catch((error: unknown) => {
      throw error instanceof MlopsError && error.kind === 'notFound' ? missing() : error;
    });
  }
}

function markOf(key: string): string {
  return `Request ${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}
