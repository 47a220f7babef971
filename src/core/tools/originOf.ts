import type { ConnectionId } from '../domain/connection.ts';
import { type Trace, type TracedObject, traceObject } from '../lineage/traceObject.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import type { ToolDeps } from './tool.ts';

/** What was found, and where: `place` and `connection` where the run is in another connection than the object. */
export interface FoundOrigin {
  readonly trace: Trace;
  readonly backend?: PipelineBackend;
  readonly place?: string;
  readonly connection?: ConnectionId;
}

/** Asks the runs of the connection; for one with objects alone, those of the others that may have written there. */
export async function originOf(
  wanted: TracedObject,
  { connection, backend: open, lineage, writers = [] }: ToolDeps,
  signal: AbortSignal,
): Promise<FoundOrigin> {
  const index = await lineage();
  if (connection.backend !== undefined) {
    const backend = await open();
    return { backend, trace: await traceObject(index, { connection, backend }, wanted, signal) };
  }
  let [looked, all] = [0, true];
  for (const writer of writers) {
    const backend = await writer.open().catch(() => undefined);
    if (backend === undefined) continue;
    const { info } = writer.connection;
    const trace = await traceObject(index, { connection: writer.connection, backend }, wanted, signal);
    if (trace.origin !== undefined) return { trace, backend, place: info.name, connection: info.id };
    looked += trace.looked;
    all &&= trace.all;
  }
  return { trace: { looked, all } };
}
