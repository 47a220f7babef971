import type * as vscode from 'vscode';
import { type ConnectionId, thisMachine } from '../core/domain/connection.ts';
import type { RunId, RunRef } from '../core/domain/run.ts';
import type { Clock } from '../core/ports/clock.ts';

/** Remembers one run and when. Times are milliseconds since 1970. */
export interface LastRun {
  readonly get: () => { readonly run: RunRef; readonly at: number } | undefined;
  readonly set: (run: RunRef) => void;
}

interface KeptRun {
  readonly run: RunId;
  /** Missing in what 0.1.0 kept. */
  readonly connection?: ConnectionId;
  readonly at: number;
}

/** Keeps the run that the chat last waited for in the workspace's state. */
export function lastRun(state: vscode.Memento, clock: Clock): LastRun {
  const key = 'mlops.waitedFor';
  return {
    get: () => {
      const kept = state.get<KeptRun>(key);
      if (kept === undefined) return undefined;
      const { run: id, connection = thisMachine, at } = kept;
      return { run: { connection, id }, at };
    },
    set: ({ connection, id }) =>
      void state.update(key, { run: id, connection, at: clock.now() } satisfies KeptRun),
  };
}
