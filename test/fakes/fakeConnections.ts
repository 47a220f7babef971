import type { ConnectionId, ConnectionInfo } from '../../src/core/domain/connection.ts';
import type { Connection, Connections } from '../../src/core/ports/connections.ts';
import type { ObjectStore } from '../../src/core/ports/objectStore.ts';
import type { FakePipelineBackend } from './fakePipelineBackend.ts';

/** A connection whose runs are those of a fake. */
export function connectionTo(backend: FakePipelineBackend, store?: ObjectStore): Connection {
  return {
    info: backend.connection,
    backend: async () => backend,
    ...(store === undefined ? {} : { store: async () => store }),
  };
}

/** A connection of objects alone. */
export function connectionOfObjects(name: string, store: ObjectStore): Connection {
  const info: ConnectionInfo = {
    id: name as ConnectionId,
    kind: 'folder',
    name,
    readOnly: true,
    about: 'Objects.',
  };
  return { info, store: async () => store };
}

/** Connections in memory; the first is the active one until another is made it. */
export class FakeConnections implements Connections {
  readonly #connections: readonly Connection[];
  readonly #listeners = new Set<() => void>();
  #active: Connection;

  constructor(first: Connection, ...others: readonly Connection[]) {
    this.#connections = [first, ...others];
    this.#active = first;
  }

  get all(): readonly Connection[] {
    return [this.#active, ...this.#connections.filter((connection) => connection !== this.#active)];
  }

  get active(): Connection {
    return this.#active;
  }

  get(id: ConnectionId): Connection | undefined {
    return this.#connections.find(({ info }) => info.id === id);
  }

  activate(id: ConnectionId): void {
    this.#active = this.get(id) ?? this.#active;
    for (const listener of this.#listeners) listener();
  }

  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
