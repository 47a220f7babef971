import type { Experiment, ExperimentId } from '../../core/domain/experiment.ts';
import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { Experiments } from '../../core/ports/experiments.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { pageSize } from '../../core/ports/pages.ts';
import { asName } from '../../core/text/literal.ts';
import { type KubeflowApi, part } from './api.ts';
import { isLost } from './lostAnswers.ts';
import { keep } from './keep.ts';
import { filterOf } from './runList.ts';
import { type ApiExperiment, experiment, experimentList } from './schema.ts';

const root = '/apis/v2beta1/experiments';
const archivedState = 'ARCHIVED';
/** The experiment that the server makes by itself. */
const usual = 'Default';

/** The experiments of a server. */
export class ExperimentList implements Experiments {
  readonly #api: KubeflowApi;
  readonly #changed: () => void;
  readonly #names = new Map<string, Promise<string>>();

  /** `changed` is called when the list has become another one. */
  constructor(api: KubeflowApi, changed: () => void) {
    this.#api = api;
    this.#changed = changed;
  }

  async list(
    query: PageQuery & { readonly text?: string; readonly archived?: boolean },
    signal: AbortSignal,
  ): Promise<Page<Experiment>> {
    const { text = '', archived = false } = query;
    const operation = archived ? 'EQUALS' : 'NOT_EQUALS';
    const predicates = [
      { key: 'storage_state', operation, string_value: archivedState },
      ...(text === '' ? [] : [{ key: 'name', operation: 'IS_SUBSTRING', string_value: text }]),
    ];
    const page = await this.#page({ size: pageSize(query), page: query.page, predicates }, signal);
    const { next_page_token: next = '', total_size: total = 0 } = page;
    return { items: page.experiments.map(toExperiment), total, ...(next === '' ? {} : { next }) };
  }

  async get(id: ExperimentId, signal: AbortSignal): Promise<Experiment> {
    try {
      return toExperiment(await this.#api.json({ path: `${root}/${part(id)}` }, experiment, signal));
    } catch (error) {
      throw error instanceof MlopsError && error.kind === 'notFound' ? this.#missing(id) : error;
    }
  }

  /** One whose answer was lost is looked up before it is made again: no two have the same name. */
  async create(name: string, signal: AbortSignal): Promise<Experiment> {
    const { namespace } = this.#api.endpoint;
    const body = { display_name: name, ...(namespace === undefined ? {} : { namespace }) };
    const post = () => this.#api.json({ method: 'POST', path: root, body }, experiment, signal);
    try {
      const made = toExperiment(await post());
      this.#changed();
      return made;
    } catch (error) {
      if (error instanceof MlopsError && error.kind === 'conflict') throw taken(name, error);
      if (!isLost(error)) throw error;
      return (await this.named(name, signal)) ?? toExperiment(await post());
    }
  }

  async archive(id: ExperimentId, archived: boolean, signal: AbortSignal): Promise<void> {
    await this.get(id, signal); // the server says yes to an unknown one
    const path = `${root}/${part(id)}:${archived ? 'archive' : 'unarchive'}`;
    await this.#api.text({ method: 'POST', path, body: {} }, signal);
    this.#changed();
  }

  async delete(id: ExperimentId, signal: AbortSignal): Promise<void> {
    await this.get(id, signal);
    await this.#api.text({ method: 'DELETE', path: `${root}/${part(id)}` }, signal);
    this.#changed();
  }

  /** The experiment of exactly this name. */
  async named(name: string, signal: AbortSignal): Promise<Experiment | undefined> {
    const predicates = [{ key: 'name', operation: 'EQUALS', string_value: name }];
    const { experiments } = await this.#page({ size: 1, page: undefined, predicates }, signal);
    return experiments.map(toExperiment)[0];
  }

  /** Where runs of a namespace go that name no experiment. A server for one user knows by itself. */
  async usual(signal: AbortSignal): Promise<ExperimentId | undefined> {
    if (this.#api.endpoint.namespace === undefined) return undefined;
    return ((await this.named(usual, signal)) ?? (await this.create(usual, signal))).id;
  }

  /** What the experiment of a run is called, as far as it is there. It cannot be renamed. */
  async nameOf(id: string | undefined, signal: AbortSignal): Promise<string | undefined> {
    if (id === undefined) return undefined;
    const read = async () => (await this.get(id as ExperimentId, signal)).name;
    return keep(this.#names, id, read).catch(() => undefined);
  }

  #page(
    asked: {
      readonly size: number;
      readonly page: string | undefined;
      readonly predicates: readonly object[];
    },
    signal: AbortSignal,
  ) {
    const query = {
      page_size: String(asked.size),
      sort_by: 'created_at desc',
      page_token: asked.page,
      filter: filterOf(asked.predicates),
      namespace: this.#api.endpoint.namespace,
    };
    return this.#api.json({ path: root, query }, experimentList, signal);
  }

  #missing(id: ExperimentId): MlopsError {
    return new MlopsError('notFound', `There is no experiment ${asName(id)} on ${this.#api.endpoint.name}.`, {
      hint: 'List the experiments to see which there are.',
    });
  }
}

function taken(name: string, cause: MlopsError): MlopsError {
  return new MlopsError('conflict', `There is an experiment ${asName(name)} already.`, {
    hint: 'Take another name.',
    cause,
  });
}

function toExperiment(one: ApiExperiment): Experiment {
  const { experiment_id: id, display_name: name = id, created_at: createdAt = 0 } = one;
  return {
    id: id as ExperimentId,
    name,
    createdAt,
    archived: one.storage_state === archivedState,
    ...(one.last_run_created_at === undefined ? {} : { lastRunAt: one.last_run_created_at }),
  };
}
