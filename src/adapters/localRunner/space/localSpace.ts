import { rm } from 'node:fs/promises';
import type { EnvironmentSize } from '../../../core/ports/environments.ts';
import type { Freed, HomePart, HomeSpace, Leftover, Leftovers } from '../../../core/ports/homeSpace.ts';
import { toMlopsError, throwIfAborted, unlessAborted } from '../../../core/ports/mlopsError.ts';
import { measureBound, type MeasureBound, measureFolder } from '../environments/measureFolder.ts';
import { ifThere } from '../../node/files.ts';
import { removeTry } from '../runs/removeLeftovers.ts';
import { findLeftovers, type Found, type SpaceContext } from './findLeftovers.ts';

/** The size of a home and what can be freed in it (docs/local-runner.md). */
export class LocalSpace implements HomeSpace {
  readonly #context: SpaceContext;

  constructor(context: SpaceContext) {
    this.#context = context;
  }

  measure(part: HomePart, signal: AbortSignal): Promise<EnvironmentSize> {
    const { home } = this.#context;
    return unlessAborted(measureFolder(home[part], measureBound, signal), signal);
  }

  leftovers(signal: AbortSignal): Promise<Leftovers> {
    return unlessAborted(this.#leftovers(signal), signal);
  }

  async free(agreed: readonly Leftover[], signal: AbortSignal): Promise<Freed> {
    // A run may have begun since the question was asked.
    const leftovers = await unlessAborted(findLeftovers(this.#context, signal), signal);
    const still = new Set(leftovers.items.map(({ id }) => id));
    const items: Leftover[] = [];
    const kept: Freed['kept'][number][] = [];
    for (const leftover of agreed) {
      throwIfAborted(signal);
      try {
        if (!still.has(leftover.id)) kept.push({ leftover, why: 'it is in use, or gone' });
        else items.push(await this.#remove(leftover, signal));
      } catch (error) {
        throwIfAborted(signal);
        kept.push({ leftover, why: toMlopsError(error).message });
      }
    }
    return { items, kept };
  }

  async #leftovers(signal: AbortSignal): Promise<Leftovers> {
    const { items, unreadable } = await findLeftovers(this.#context, signal);
    const until = performance.now() + measureBound.ms;
    const measured: Leftover[] = [];
    for (const item of items) {
      const bound = { ...measureBound, ms: until - performance.now() };
      throwIfAborted(signal);
      measured.push({ ...item, size: await this.#sizeOf(item, bound, signal) });
    }
    return { items: measured, unreadable };
  }

  async #sizeOf({ kind, id }: Found, bound: MeasureBound, signal: AbortSignal): Promise<EnvironmentSize> {
    // A key is as long as a run's id, which does not count.
    if (kind === 'key') return { bytes: 0, complete: true };
    if (kind !== 'environment') return measureFolder(id, bound, signal);
    return this.#context.environments.measure(id, signal).catch(() => ({ bytes: 0, complete: false }));
  }

  async #remove(leftover: Leftover, signal: AbortSignal): Promise<Leftover> {
    const { kind, id } = leftover;
    if (kind === 'environment') await this.#context.environments.remove(id, signal);
    else if (kind === 'output') await removeTry(id);
    else await ifThere(rm(id, { recursive: true, force: true }));
    return leftover;
  }
}
