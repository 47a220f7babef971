import type { ConnectionId, ConnectionInfo } from '../domain/connection.ts';
import type { ConnectionCheck } from './connectionChecks.ts';
import type { EndClaim } from './endClaim.ts';
import type { ObjectStore } from './objectStore.ts';
import type { PipelineBackend } from './pipelineBackend.ts';

/** A place where things run or are stored. What it offers is opened at first use. */
export interface Connection {
  readonly info: ConnectionInfo;
  /** Its pipelines and runs; absent for a connection with objects only. */
  readonly backend?: () => Promise<PipelineBackend>;
  /** Its objects. */
  readonly store?: () => Promise<ObjectStore>;
  /** The steps of checking it; opens nothing. */
  readonly checks?: () => Promise<readonly ConnectionCheck[]>;
  /** Decides which window announces the end of one of its runs. */
  readonly endClaim?: () => Promise<EndClaim>;
}

/** All connections, and the active one, which is meant when a sentence names none. */
export interface Connections {
  /** The active one first. */
  readonly all: readonly Connection[];
  /** Always has a backend. */
  readonly active: Connection;
  get(id: ConnectionId): Connection | undefined;
  /** Calls back when the list or the active one has changed, until the returned function is called. */
  onDidChange(listener: () => void): () => void;
}
