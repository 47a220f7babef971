import type { JsonObject } from '../../../src/core/domain/json.ts';
import type { RunId } from '../../../src/core/domain/run.ts';
import { overriding } from '../../../src/core/ports/overriding.ts';
import type { PipelineBackend, RunRequest } from '../../../src/core/ports/pipelineBackend.ts';
import type { OpenConnections, OpenRunConnection } from '../../../src/vscode/connections/openConnection.ts';
import type { SeededHome } from '../home/seedHome.ts';
import { seededPipeline } from '../home/seededPipelines.ts';

/** Figures of every run that a conversation starts. */
export const playedMetrics = { accuracy: 0.7532, precision: 0.7264, recall: 0.6019, log_loss: 0.4871 };

/**
 * The connections of the window, except that no Python runs: a started run is written into the home as the runner would have
 * left it, and ended well. `started` notes what was run.
 */
export function withPlayedRuns(
  connections: OpenConnections,
  home: SeededHome,
  started: StartedRun[],
): OpenConnections {
  const played = (connection: OpenRunConnection): OpenRunConnection => ({
    ...connection,
    backend: async () => playedBackend(await connection.backend(), home, started),
  });
  const active = played(connections.active);
  return {
    all: [active],
    active,
    get: (id) => (id === active.info.id ? active : undefined),
    activate: (id) => connections.activate(id),
    allow: (...allowed) => connections.allow(...allowed),
    onDidChange: (listener) => connections.onDidChange(listener),
    onDidChangeRuns: connections.onDidChangeRuns,
  };
}

/** A run that a conversation started, with every value. */
export interface StartedRun {
  readonly id: string;
  readonly pipeline: string;
  readonly parameters: JsonObject;
}

function playedBackend(backend: PipelineBackend, home: SeededHome, started: StartedRun[]): PipelineBackend {
  const createRun = async (request: RunRequest, signal: AbortSignal): Promise<RunId> => {
    const { name } = await backend.getPipeline(request.pipeline, signal);
    const parameters = { ...seededPipeline(name).parameters, ...request.parameters };
    const at = new Date().toISOString().slice(0, 19);
    const id = await home.add({ pipeline: name, at, parameters, metrics: playedMetrics });
    started.push({ id, pipeline: name, parameters });
    return id as RunId;
  };
  return overriding(backend, {
    createRun,
    prepareRun: async () => ({
      ...{ install: [], sources: [], blockers: [], notes: [] },
      runsOn: 'Python 3.12.3 (/usr/bin/python3)',
      fingerprint: 'seeded',
    }),
  });
}
