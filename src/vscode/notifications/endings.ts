import { activeStates, isActive, type RunId, type RunSummary } from '../../core/domain/run.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { EndClaim } from '../../core/ports/endClaim.ts';
import { toMlopsError } from '../../core/ports/mlopsError.ts';
import type { BackendChange, PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { deadline } from '../deadline.ts';
import type { WatchedRuns } from './watchedRuns.ts';

/** Most runs of one change that are read one by one. */
const mostAtOnce = 20;
/** How long a window waits before it claims an end, in milliseconds: the one in use goes first. */
const courtesyMs = { focused: 300, behind: 1200 };
/** How long a window that waits for the run, and is busy, has to claim the end first; it may have crashed. */
const longestCourtesyMs = 10_000;

/** What announcing ends needs. */
export interface EndingsDeps {
  readonly backend: PipelineBackend;
  readonly clock: Clock;
  readonly claim: EndClaim;
  readonly watched: WatchedRuns;
  /** True while the person uses this window. */
  readonly focused: () => boolean;
  /** The runs that this window knows to be active; kept over a reload. */
  readonly memory: { get(): readonly RunId[]; set(runs: readonly RunId[]): void };
  /** Called for each run that ended while this window watched, also when another window notifies. */
  readonly seen?: (run: RunSummary) => void;
  /** Called once for each run whose end this window has to announce. */
  readonly tell: (run: RunSummary) => void;
}

/** Announces the ends of runs that this window saw active. */
export class Endings {
  readonly #deps: EndingsDeps;
  readonly #active = new Set<RunId>();

  constructor(deps: EndingsDeps) {
    this.#deps = deps;
    deps.watched.onWatched((run) =>
      run.connection === deps.backend.connection.id ? this.#watch(run.id) : ignored,
    );
  }

  /** Tells the other windows that this one waits for a run. Where the wait sees the end, it is claimed before they go on. */
  #watch(run: RunId): (ended: boolean) => void {
    const { claim } = this.#deps;
    const watching = claim.watch(run).catch(() => undefined);
    const leave = async (ended: boolean) => {
      const stop = await watching;
      if (ended) await claim.claim(run);
      await stop?.();
    };
    return (ended) => void leave(ended).catch(ignored);
  }

  /** Notes the active runs, and announces those that ended while this window was closed. */
  async begin(): Promise<void> {
    for (const id of this.#deps.memory.get()) this.#active.add(id);
    await this.#lookAtAll();
  }

  /** Reads what a change names and announces the runs that ended. */
  async change(change: BackendChange): Promise<void> {
    if (change.kind !== 'runs') return;
    if (change.runs === undefined || change.runs.length > mostAtOnce) await this.#lookAtAll();
    else await Promise.all(change.runs.map((id) => this.#look(id)));
  }

  async #lookAtAll(): Promise<void> {
    const before = [...this.#active];
    const page = await this.#deps.backend.listRuns({ states: activeStates, size: 200 }, deadline());
    for (const run of page.items) this.#active.add(run.id);
    this.#remember();
    await Promise.all(before.map((id) => this.#look(id)));
  }

  #remember(): void {
    this.#deps.memory.set([...this.#active]);
  }

  async #look(id: RunId): Promise<void> {
    let run: RunSummary;
    try {
      run = await this.#deps.backend.getRun(id, deadline());
    } catch (error) {
      if (toMlopsError(error).kind === 'notFound' && this.#active.delete(id)) this.#remember();
      return;
    }
    if (isActive(run.state)) {
      const known = this.#active.has(id);
      this.#active.add(id);
      if (!known) this.#remember();
      return;
    }
    const expected = this.#deps.watched.takeExpected(run);
    const seen = this.#active.delete(id);
    if (!seen && !expected) return;
    await this.#end(run);
    this.#remember();
  }

  async #end(run: RunSummary): Promise<void> {
    const { claim, clock, focused, seen, tell, watched } = this.#deps;
    seen?.(run);
    // A window that waits in its chat claims at once and shows no notification: the answer has the result.
    if (watched.isWatched(run)) {
      await claim.claim(run.id);
      return;
    }
    const step = focused() ? courtesyMs.focused : courtesyMs.behind;
    await clock.delay(step);
    for (let waited = step; waited < longestCourtesyMs && (await claim.isWatched(run.id)); waited += step)
      await clock.delay(step);
    if (await claim.claim(run.id)) tell(run);
  }
}

const ignored = (): void => undefined;
