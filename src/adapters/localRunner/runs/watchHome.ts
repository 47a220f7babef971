import { watch, type FSWatcher } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { markedNumber, runNumber } from '../../../core/domain/localHome.ts';
import { type RunId, isActive } from '../../../core/domain/run.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { Log } from '../../../core/ports/log.ts';
import { isCancelled } from '../../../core/ports/mlopsError.ts';
import type { BackendChange } from '../../../core/ports/pipelineBackend.ts';
import { ifThere } from '../../node/files.ts';
import type { Home } from '../home.ts';
import type { RunReader } from './readRun.ts';

/** Changes closer together than this are reported together, in milliseconds. */
const coalesceMs = 100;
/** Poll interval while a run is active, in case a file event is missed. */
const pollMs = 2000;

export interface WatchContext {
  readonly home: Home;
  readonly reader: RunReader;
  readonly clock: Clock;
  readonly log: Log;
}

/** Calls back when runs change, until the returned function is called. */
export function watchHome(context: WatchContext, listener: (change: BackendChange) => void): () => void {
  const watching = new RunWatch(context, listener);
  watching.begin().catch((error: unknown) => context.log.warn(`Runs are not watched: ${String(error)}`));
  return () => watching.end();
}

class RunWatch {
  readonly #context: WatchContext;
  readonly #listener: (change: BackendChange) => void;
  readonly #over = new AbortController();
  readonly #active = new Map<number, FSWatcher | undefined>();
  readonly #changed = new Set<number>();
  #listChanged = false;
  #telling = false;
  #polling = false;
  #root: FSWatcher | undefined;

  constructor(context: WatchContext, listener: (change: BackendChange) => void) {
    this.#context = context;
    this.#listener = listener;
  }

  /** Lists `runs/` once: its markers name the active runs. */
  async begin(): Promise<void> {
    const { home } = this.#context;
    await mkdir(home.runs, { recursive: true, mode: home.folderMode });
    if (this.#over.signal.aborted) return;
    this.#root = this.#watch(home.runs, (name) => this.#onEntry(name));
    for (const name of (await ifThere(readdir(home.runs))) ?? []) {
      const number = markedNumber(name);
      if (number !== undefined) this.#follow(number);
    }
  }

  end(): void {
    this.#over.abort();
    this.#root?.close();
    for (const watcher of this.#active.values()) watcher?.close();
    this.#active.clear();
  }

  #onEntry(name: string | null): void {
    const marked = name === null ? undefined : markedNumber(name);
    if (marked !== undefined) this.#follow(marked);
    else if (name === null || runNumber(name) !== undefined) this.#listChanged = true;
    else return;
    this.#tell();
  }

  #follow(number: number): void {
    if (this.#over.signal.aborted || this.#active.has(number)) return;
    const watcher = this.#watch(this.#context.home.run(number), (name) => {
      if (name !== null && name !== 'run.json') return;
      this.#changed.add(number);
      this.#tell();
    });
    this.#active.set(number, watcher);
    this.#changed.add(number);
    this.#tell();
    if (!this.#polling) void this.#poll();
  }

  #unfollow(number: number): void {
    this.#active.get(number)?.close();
    this.#active.delete(number);
  }

  #watch(folder: string, onName: (name: string | null) => void): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => onName(name));
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return undefined; // gone already, or no watchers left: the poll finds the change
    }
  }

  async #poll(): Promise<void> {
    this.#polling = true;
    while (this.#active.size > 0 && (await this.#wait(pollMs))) {
      for (const number of this.#active.keys()) this.#changed.add(number);
      this.#tell();
    }
    this.#polling = false;
  }

  /** Reports the changes of a short while together, and notes which runs have ended. */
  #tell(): void {
    if (this.#telling || this.#over.signal.aborted) return;
    this.#telling = true;
    void this.#tellSoon().finally(() => {
      this.#telling = false;
      if (this.#changed.size > 0 || this.#listChanged) this.#tell();
    });
  }

  async #tellSoon(): Promise<void> {
    if (!(await this.#wait(coalesceMs))) return;
    const numbers = [...this.#changed];
    const everything = this.#listChanged;
    this.#changed.clear();
    this.#listChanged = false;
    const ids = await Promise.all(numbers.map((number) => this.#look(number)));
    if (this.#over.signal.aborted) return;
    const runs = ids.filter((id) => id !== undefined);
    if (everything) this.#listener({ kind: 'runs' });
    else if (runs.length > 0) this.#listener({ kind: 'runs', runs });
  }

  /** The id of a run that changed since the last report; stops following it when it has ended. */
  async #look(number: number): Promise<RunId | undefined> {
    const { home, reader, log } = this.#context;
    try {
      const summary = await reader.summary(number);
      if (summary && isActive(summary.state)) return summary.id;
      const isThere = summary ?? (await ifThere(readdir(home.run(number))));
      if (isThere && !summary) return undefined; // it has no record yet
      this.#unfollow(number);
      await rm(home.activeMarker(number), { force: true });
      return summary?.id;
    } catch (error) {
      log.warn(`Run ${number} could not be looked at: ${String(error)}`);
      return undefined;
    }
  }

  /** False after the watch was ended. */
  async #wait(ms: number): Promise<boolean> {
    try {
      await this.#context.clock.delay(ms, this.#over.signal);
      return !this.#over.signal.aborted;
    } catch (error) {
      if (!this.#over.signal.aborted && !isCancelled(error)) throw error;
      return false;
    }
  }
}
