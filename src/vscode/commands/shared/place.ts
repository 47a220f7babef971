import { connectionOf, runsOf } from '../../../core/connections/findConnection.ts';
import type { ConnectionId } from '../../../core/domain/connection.ts';
import type { PipelineBackend } from '../../../core/ports/pipelineBackend.ts';
import type { OpenConnection } from '../../connections/openConnection.ts';
import type { Services } from '../../services.ts';
import { targetOf } from './arguments.ts';

/** The backend of a target's connection, else of the active one. Throws MlopsError notFound, unsupported. */
export async function backendOf(services: Services, args: readonly unknown[]): Promise<PipelineBackend> {
  return backendAt(services, targetOf(args).connection);
}

/** The backend of a connection, of the active one for none. Throws MlopsError notFound, unsupported. */
export async function backendAt(
  { connections }: Services,
  id: ConnectionId | undefined,
): Promise<PipelineBackend> {
  return runsOf(connectionOf<OpenConnection>(connections, id));
}
