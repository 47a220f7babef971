import type { Environments, EnvironmentSize, PythonEnvironment } from '../../src/core/ports/environments.ts';
import { MlopsError } from '../../src/core/ports/mlopsError.ts';

/** Environments in memory. */
export class MemoryEnvironments implements Environments {
  readonly all = new Map<string, { readonly environment: PythonEnvironment; readonly bytes: number }>();
  /** Those that a run uses now. */
  readonly inUse = new Set<string>();

  /** Adds one; what is not given is that of a small one for runs. */
  add(more: Partial<PythonEnvironment> & { readonly id: string }, bytes = 1000): void {
    const environment = {
      packages: ['kfp==2.17.0'],
      createdAt: 1_000_000,
      state: 'ready',
      purpose: 'runs',
      usedBy: { runs: [], count: 0 },
      ...more,
    } as const;
    this.all.set(more.id, { environment, bytes });
  }

  async list(signal: AbortSignal): Promise<readonly PythonEnvironment[]> {
    throwIfAborted(signal);
    const order = ({ state, createdAt = 0 }: PythonEnvironment) => (state === 'ready' ? createdAt : -1);
    return [...this.all.values()]
      .map(({ environment }) => environment)
      .toSorted((a, b) => order(b) - order(a));
  }

  async measure(id: string, signal: AbortSignal): Promise<EnvironmentSize> {
    throwIfAborted(signal);
    return { bytes: this.#existing(id).bytes, complete: true };
  }

  async remove(id: string, signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    this.#existing(id);
    if (this.inUse.has(id)) throw new MlopsError('conflict', `The environment ${id} is in use.`);
    this.all.delete(id);
  }

  #existing(id: string) {
    const environment = this.all.get(id);
    if (environment === undefined) throw new MlopsError('notFound', `There is no environment ${id}.`);
    return environment;
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new MlopsError('cancelled', 'Cancelled.');
}
