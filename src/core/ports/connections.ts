import type { ConnectionId, ConnectionInfo } from '../domain/connection.ts';
import type { EndClaim } from './endClaim.ts';
import type { ObjectStore } from './objectStore.ts';
import type { PipelineBackend } from './pipelineBackend.ts';

/** One place where things run or are stored. What it offers is opened at first use. */
export interface Connection {
  readonly info: ConnectionInfo;
  /** Its pipelines and runs; a connection of objects alone has none. */
  readonly backend?: () => Promise<PipelineBackend>;
  /** Its objects. */
  readonly store?: () => Promise<ObjectStore>;
  /** Which window tells how one of its runs ended. */
  readonly endClaim?: () => Promise<EndClaim>;
}

/** All places there are, and the active one: what a sentence without a place means. */
export interface Connections {
  /** The active one first. */
  readonly all: readonly Connection[];
  /** It has pipelines and runs. */
  readonly active: Connection;
  get(id: ConnectionId): Connection | undefined;
  /** Calls back when the list or the active one has changed, until the returned function is called. */
  onDidChange(listener: () => void): () => void;
}
