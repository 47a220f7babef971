import type { Experiment, ExperimentId } from '../../src/core/domain/experiment.ts';
import type { Experiments } from '../../src/core/ports/experiments.ts';
import { MlopsError } from '../../src/core/ports/mlopsError.ts';
import type { FakePipelineBackend } from './fakePipelineBackend.ts';
import { pageOfItems } from './pages.ts';

/** The experiments that a fake backend keeps. */
export class MemoryExperiments implements Experiments {
  readonly all = new Map<ExperimentId, Experiment>();
  readonly #backend: FakePipelineBackend;

  constructor(backend: FakePipelineBackend) {
    this.#backend = backend;
    this.#add('Default');
  }

  async list({ text = '', archived = false, ...query }: Parameters<Experiments['list']>[0]) {
    const wanted = [...this.all.values()].filter(
      (one) => one.archived === archived && one.name.toLowerCase().includes(text.toLowerCase()),
    );
    const places = new Map([...this.all.keys()].map((id, index) => [id, String(1e9 - index)]));
    return pageOfItems(wanted.toReversed(), query, ({ id }) => places.get(id) ?? '');
  }

  async get(id: ExperimentId): Promise<Experiment> {
    const found = this.all.get(id);
    if (!found) throw new MlopsError('notFound', `There is no experiment ${id}.`);
    return found;
  }

  async create(name: string): Promise<Experiment> {
    if ([...this.all.values()].some((one) => one.name === name))
      throw new MlopsError('conflict', `There is an experiment ${name} already.`);
    this.#backend.calls.push(`create experiment ${name}`);
    return this.#add(name);
  }

  async archive(id: ExperimentId, archived: boolean): Promise<void> {
    const found = await this.get(id);
    this.#backend.calls.push(`${archived ? 'archive' : 'unarchive'} experiment ${found.name}`);
    this.all.set(id, { ...found, archived });
    if (!archived) return;
    for (const run of this.#backend.runs.values())
      if (run.experiment === found.name) this.#backend.change(run.id, { archived: true });
  }

  async delete(id: ExperimentId): Promise<void> {
    const { name } = await this.get(id);
    this.#backend.calls.push(`delete experiment ${name}`);
    this.all.delete(id);
  }

  #add(name: string): Experiment {
    const id = `experiment-${this.all.size + 1}` as ExperimentId;
    const made = { id, name, createdAt: this.#backend.clock.now(), archived: false };
    this.all.set(id, made);
    return made;
  }
}
