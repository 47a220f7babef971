import type { RunId } from '../../core/domain/run.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { isCancelled, messageOf } from '../../core/ports/mlopsError.ts';
import type { Log } from '../../core/ports/log.ts';
import type { RunPods } from '../../core/ports/runPods.ts';
import type { BackendChange } from '../../core/ports/pipelineBackend.ts';
import type { KubeflowApi } from './api.ts';
import { filterOf } from './runList.ts';
import { type ApiRun, runList } from './schema.ts';

/** How often the server is asked, in milliseconds: soon after a change, and ever less often while nothing happens. */
export interface Pace {
  readonly shortest: number;
  readonly longestActive: number;
  readonly longestIdle: number;
  /** While nobody uses the window: only runs that it started itself, and that go on, are asked for. */
  readonly away: number;
}

export const usualPace: Pace = { shortest: 2000, longestActive: 8000, longestIdle: 60_000, away: 60_000 };

/** Whether anybody looks at the window. */
export interface Attention {
  readonly present: boolean;
  /** Whether anything is shown that may become another; left out: it is. */
  readonly shown?: boolean;
  onDidChange(listener: () => void): () => void;
}

export interface WatchDeps {
  readonly api: KubeflowApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly attention: Attention;
  readonly pace: Pace;
  /** The pods of the runs, which tell at once that something changed. */
  readonly pods?: RunPods;
}

/** How many of the newest runs a round asks for: each comes with its pipeline and its tasks. */
const newest = 10;
const mostFollowed = 100;

const ended = ['SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELED'];

/**
 * Asks the server for what changed, one request at a time, while somebody listens: often while something happens, ever less while
 * nothing does, and never while nothing is shown and no known run is active. While nobody uses the window, it asks for the runs that this window started and that go on, since somebody waits to be told of
 * their ends, and for nothing where there are none. The server cannot tell by itself.
 */
export class RunWatch {
  readonly #deps: WatchDeps;
  readonly #listeners = new Set<(change: BackendChange) => void>();
  #known = new Map<string, string>();
  #active = new Set<string>();
  /** Active runs that this window started or stopped. */
  readonly #own = new Set<string>();
  #round: AbortController | undefined;
  #started = false;
  #wake: (() => void) | undefined;
  #deaf: (() => void) | undefined;

  constructor(deps: WatchDeps) {
    this.#deps = deps;
  }

  watch(listener: (change: BackendChange) => void): () => void {
    this.#listeners.add(listener);
    if (this.#round === undefined) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#round?.abort();
    };
  }

  /** Tells at once what this window did, and looks more often for what follows from it. */
  changed(id: RunId): void {
    this.#tell([id]);
    this.#active.add(id);
    this.#own.add(id);
    this.#wake?.();
  }

  /** Tells of another change that this window made. */
  tell(change: BackendChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  #start(): void {
    const round = new AbortController();
    this.#round = round;
    const stop = this.#deps.attention.onDidChange(() => this.#wake?.());
    void this.#run(round.signal).finally(() => {
      stop();
      this.#stopHearing();
      if (this.#round === round) this.#round = undefined;
      if (this.#listeners.size > 0) this.#start();
    });
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { pace } = this.#deps;
    let pause = pace.shortest;
    while (!signal.aborted) {
      this.#hear(this.#looks);
      if (this.#looks) pause = await this.#look(pause, signal);
      else if (this.#own.size > 0) await this.#look(pace.away, signal);
      const away = this.#own.size > 0 ? pace.away : undefined;
      const woken = await this.#wait(this.#looks ? pause : away, signal);
      if (woken) pause = pace.shortest;
    }
  }

  /** True while somebody may see what changed, or waits for the end of a run. */
  get #looks(): boolean {
    const { present, shown = true } = this.#deps.attention;
    return present && (shown || this.#active.size > 0);
  }

  /** Listens to the cluster while the window is looked at. */
  #hear(present: boolean): void {
    if (present) this.#deaf ??= this.#deps.pods?.watch(() => this.#wake?.());
    else this.#stopHearing();
  }

  #stopHearing(): void {
    this.#deaf?.();
    this.#deaf = undefined;
  }

  /** One look at the server. Returns how long to wait for the next one. */
  async #look(pause: number, signal: AbortSignal): Promise<number> {
    const { pace, log } = this.#deps;
    const longest = this.#active.size > 0 ? pace.longestActive : pace.longestIdle;
    try {
      const { changed, waiting } = await this.#changes(signal);
      this.#tell([...changed, ...waiting]);
      return changed.length > 0 ? pace.shortest : Math.min(longest, pause * 1.5);
    } catch (error) {
      if (!isCancelled(error)) log.warn(`Runs could not be followed: ${messageOf(error)}`);
      return Math.min(pace.longestIdle, pause * 2);
    }
  }

  async #changes(signal: AbortSignal): Promise<News> {
    const present = this.#looks;
    const latest = present ? await this.#read(undefined, signal) : [];
    const seen = new Set(latest.map(({ run_id: id }) => id));
    const left = [...(present ? this.#active : this.#own)]
      .filter((id) => !seen.has(id))
      .slice(0, mostFollowed);
    const older = left.length === 0 ? [] : await this.#read(left, signal);
    const runs = [...latest, ...older];
    const found = new Set(runs.map(({ run_id: id }) => id));
    const gone = left.filter((id) => !found.has(id));
    const changed = runs.filter((run) => this.#known.get(run.run_id) !== signatureOf(run));
    const first = !this.#started && present;
    this.#started ||= present;
    this.#note(runs, gone, present);
    // What was there when it began to look is no change.
    if (first) return { changed: [], waiting: [] };
    return {
      changed: [...changed.map((run) => run.run_id), ...gone].map((id) => id as RunId),
      waiting: runs.filter((run) => !changed.includes(run) && waits(run)).map((run) => run.run_id as RunId),
    };
  }

  /** Remembers what was seen. While nobody uses the window not all was asked for, so that what was known before stays. */
  #note(runs: readonly ApiRun[], gone: readonly string[], all: boolean): void {
    const active = runs.filter(({ state }) => !ended.includes(state ?? '')).map((run) => run.run_id);
    const over = [...gone, ...runs.map((run) => run.run_id).filter((id) => !active.includes(id))];
    const signatures = runs.map((run) => [run.run_id, signatureOf(run)] as const);
    const kept = [...this.#active].filter((id) => !over.includes(id));
    this.#known = new Map(all ? signatures : [...this.#known, ...signatures]);
    this.#active = new Set(all ? active : [...kept, ...active]);
    for (const id of over) this.#own.delete(id);
  }

  async #read(ids: readonly string[] | undefined, signal: AbortSignal): Promise<readonly ApiRun[]> {
    const filter =
      ids === undefined
        ? undefined
        : filterOf([{ key: 'run_id', operation: 'IN', string_values: { values: ids } }]);
    const query = {
      page_size: String(ids?.length ?? newest),
      sort_by: 'created_at desc',
      filter,
      namespace: this.#deps.api.endpoint.namespace,
    };
    const page = await this.#deps.api.json({ path: '/apis/v2beta1/runs', query }, runList, signal);
    return page.runs;
  }

  /** Waits until the time is over or something wakes it: true when it was woken. Without a time, until it is woken. */
  async #wait(ms: number | undefined, signal: AbortSignal): Promise<boolean> {
    const rest = new AbortController();
    let woken = false;
    const over = Promise.withResolvers<void>();
    this.#wake = () => {
      woken = true;
      over.resolve();
    };
    const onAbort = () => over.resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    if (ms !== undefined) void this.#deps.clock.delay(ms, rest.signal).then(over.resolve, () => undefined);
    if (!signal.aborted) await over.promise;
    signal.removeEventListener('abort', onAbort);
    this.#wake = undefined;
    rest.abort();
    return woken;
  }

  #tell(runs: readonly RunId[]): void {
    // One at a time, so that whoever shows a single run learns that it is that one.
    for (const id of runs) this.tell({ kind: 'runs', runs: [id] });
  }
}

/** What one look at the server found. */
interface News {
  readonly changed: readonly RunId[];
  /** Active runs with a task that has not begun: what it waits for may be another reason by now, which no list tells. */
  readonly waiting: readonly RunId[];
}

function waits({ state, run_details: details }: ApiRun): boolean {
  if (ended.includes(state ?? '')) return false;
  return (details?.task_details ?? []).some((task) => task.state === 'PENDING');
}

/** What people see of a run: a change of any of it is told. */
function signatureOf({ state, storage_state: storage, run_details: details }: ApiRun): string {
  const tasks = (details?.task_details ?? []).map((task) => `${task.display_name}:${task.state}`).toSorted();
  return [state, storage, ...tasks].join(' ');
}
