import type * as vscode from 'vscode';
import { type ConnectionId, thisMachine } from '../../core/domain/connection.ts';
import type { RunId, RunRef } from '../../core/domain/run.ts';
import type { EndingsDeps } from './endings.ts';

const memoryKey = 'mlops.activeRuns';

/** Keeps the active runs of each connection over a reload, so that no end is missed. */
export class ActiveRuns {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  of(connection: ConnectionId): EndingsDeps['memory'] {
    return {
      get: () => this.#all().flatMap((run) => (run.connection === connection ? [run.id] : [])),
      set: (ids) => {
        const others = this.#all().filter((run) => run.connection !== connection);
        void this.#state.update(memoryKey, [...others, ...ids.map((id) => ({ connection, id }))]);
      },
    };
  }

  /** 0.1.0 kept only ids. */
  #all(): readonly RunRef[] {
    const kept = this.#state.get<readonly (RunId | RunRef)[]>(memoryKey, []);
    return kept.map((run) =>
      typeof run === 'string' ? { connection: thisMachine, id: run } : (run as RunRef),
    );
  }
}
