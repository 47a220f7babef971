import type { RunRef } from '../../core/domain/run.ts';
import type { LogPlace } from '../../core/logs/attemptLogs.ts';
import { FollowedTask } from '../../core/logs/followLog.ts';
import {
  cursorAt,
  type Following,
  followingAtFirst,
  renewed,
  scrolled,
  type LinesInSight,
} from '../../core/logs/followedEnd.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { paragraphs } from '../../core/text/sentences.ts';
import { deadline } from '../deadline.ts';
import { failureOf } from '../failure.ts';

/** Pause between two reads in milliseconds: at least the first, longer where reading is slow or nothing is printed. */
const restMs = { least: 250, quiet: 500 };

/** `following`: the end stays visible; `paused`: nothing moves; `ended`: the log is complete. */
export type LogState = 'following' | 'paused' | 'ended';

/** What following a log in an editor needs. */
export interface FollowedLogDeps {
  readonly backend: PipelineBackend;
  readonly clock: Clock;
  /** True while an editor shows the document. */
  readonly visible: () => boolean;
  /** Reveals the end, once `changed` text is in the document; resolves when that is done. */
  readonly show: (changed: boolean) => Promise<void>;
  /** Called when `state` may have changed. */
  readonly onState: () => void;
  /** Tells that somebody watches the run; `dispose(true)` that they saw its end. */
  readonly watching: (run: RunRef) => { dispose(ended?: boolean): void };
}

/** An open log: reads what is new while an editor shows it and the end is followed. */
export class FollowedLog {
  readonly run: RunRef;
  readonly task: string;
  readonly #deps: FollowedLogDeps;
  readonly #log: FollowedTask;
  readonly #closed = new AbortController();
  #view = followingAtFirst;
  #failure: string | undefined;
  #first: Promise<unknown> | undefined;
  #reading = false;
  /** True when the document may be outdated, or its end not visible. */
  #unshown = false;
  #watch: { dispose(ended?: boolean): void } | undefined;

  constructor(run: RunRef, task: string, deps: FollowedLogDeps) {
    this.run = run;
    this.task = task;
    this.#deps = deps;
    this.#log = new FollowedTask(deps.backend, run.id, task);
  }

  get state(): LogState {
    if (this.#log.over) return 'ended';
    return this.#view.following ? 'following' : 'paused';
  }

  /** The document, after a first read. */
  async text(): Promise<string> {
    await (this.#first ??= this.#read());
    return this.#failure === undefined ? this.#log.text : this.#failure;
  }

  /** The line, from 0, that shows this byte of an attempt's log; undefined when it is left out. */
  lineAt(place: LogPlace): number | undefined {
    return this.#log.lineAt(place);
  }

  /** Reads again: an editor became visible, the run changed, or the person resumed. */
  wake(): void {
    if (this.#reading || !this.#wanted) {
      this.#settle();
      return;
    }
    this.#reading = true;
    void this.#follow().finally(() => {
      this.#reading = false;
      this.#settle();
    });
  }

  runChanged(): void {
    this.#log.runChanged();
    this.wake();
  }

  pause(): void {
    this.#turn({ ...this.#view, following: false });
  }

  resume(): void {
    this.#turn({ ...this.#view, following: true });
  }

  /** An editor scrolled. */
  scrolled(sight: LinesInSight): void {
    this.#turn(scrolled(this.#view, sight));
  }

  /** An editor has the new text. */
  renewed(sight: LinesInSight): void {
    this.#view = renewed(this.#view, sight);
  }

  /** The person put the cursor on a line. */
  cursorAt(line: number, lines: number): void {
    this.#turn(cursorAt(this.#view, line, lines));
  }

  /** An editor shows the log again: its first scroll position is not the person's doing. */
  appeared(): void {
    this.#view = { ...this.#view, version: -1 };
    this.#unshown = true;
    this.wake();
  }

  close(): void {
    this.#closed.abort();
    this.#settle();
  }

  get #wanted(): boolean {
    return !this.#closed.signal.aborted && !this.#log.over && this.#view.following && this.#deps.visible();
  }

  #turn(view: Following): void {
    const turned = view.following !== this.#view.following;
    this.#view = view;
    if (!turned) return;
    this.#unshown = true;
    this.wake();
  }

  async #follow(): Promise<void> {
    const { clock } = this.#deps;
    do {
      const began = clock.now();
      await this.text();
      const changed = await this.#read();
      const took = clock.now() - began;
      this.#settle();
      if (changed || this.#unshown) await this.#show(changed);
      const rest = Math.max(changed ? restMs.least : restMs.quiet, 2 * took);
      if (this.#wanted) await clock.delay(rest, this.#closed.signal).catch(() => undefined);
      // After the task's end only the run can change, which the backend reports.
    } while (this.#wanted && this.#failure === undefined && !this.#log.ended);
  }

  async #show(changed: boolean): Promise<void> {
    this.#unshown = false;
    await this.#deps.show(changed);
  }

  /** True when there is something new to show. */
  async #read(): Promise<boolean> {
    const before = this.#failure;
    try {
      const changed = await this.#log.read(deadline());
      this.#failure = undefined;
      return changed || before !== undefined;
    } catch (error) {
      const { message, hint } = failureOf(error);
      this.#failure = paragraphs(message, hint);
      return this.#failure !== before;
    }
  }

  /** A person who sees the end here needs no notification of the run's end. */
  #settle(): void {
    const ended = this.#log.over;
    if (this.#wanted && this.#failure === undefined) this.#watch ??= this.#deps.watching(this.run);
    else if (this.#watch !== undefined) {
      this.#watch.dispose(ended);
      this.#watch = undefined;
    }
    this.#deps.onState();
  }
}
