import type { Struct } from './struct.ts';

/** What a try of a task's container does. */
export interface Act {
  readonly do: 'ok' | 'exit';
  readonly code?: number;
  /** What it prints. */
  readonly log?: string;
  /** What it returns, and the metadata of its artifacts by their names. */
  readonly writes?: { readonly values?: Struct; readonly metadata?: { readonly [artifact: string]: Struct } };
  /** The exception that it ends with, at the first line of its source that contains `at`. */
  readonly raises?: { readonly at: string; readonly type: string; readonly message: string };
  /** How many steps it takes. */
  readonly steps?: number;
}

/** What the containers of a run do, by task; the tries of a task in their order, the last one for all that follow. */
export interface Scene {
  readonly tasks?: { readonly [task: string]: readonly Act[] };
}
