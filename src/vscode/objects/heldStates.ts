import type { ObjectStat } from '../../core/domain/storedObject.ts';
import { objectState } from '../../core/storage/objectState.ts';

/** What the editor knows of the object that it shows. */
export interface HeldState {
  /** Differs whenever the object does. */
  readonly mark: string;
  readonly size: number;
  /** In milliseconds since 1970; later for each other state, as the editor compares by it. */
  readonly mtime: number;
}

/**
 * The states of the objects that the editor has read, by their addresses. While a document is open, the editor is told of
 * the state that it was opened in, so that a save reaches us, who compare ETags and ask, instead of the editor's own comparison
 * of times, which misses changes of the same length.
 */
export class HeldStates {
  readonly #held = new Map<string, HeldState>();
  readonly #told = new Map<string, HeldState>();

  get(address: string): HeldState | undefined {
    return this.#held.get(address);
  }

  /** All addresses with a state. */
  addresses(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** The state as the editor is told of it. */
  tell(address: string, stat: ObjectStat): HeldState {
    const mark = objectState(stat);
    const before = this.#told.get(address);
    if (before?.mark === mark) return before;
    const time = stat.modifiedAt ?? 0;
    const told: HeldState = {
      mark,
      size: stat.size,
      // Times of stores are in whole seconds, and clocks go back.
      mtime: before === undefined ? time : Math.max(time, before.mtime + 1),
    };
    this.#told.set(address, told);
    return told;
  }

  /** Notes what was read or written. */
  hold(address: string, stat: ObjectStat): void {
    this.#held.set(address, this.tell(address, stat));
  }

  /** The editor is told of the state that is there now. */
  release(address: string): void {
    this.#held.delete(address);
  }
}
