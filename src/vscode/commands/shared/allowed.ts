import * as vscode from 'vscode';
import type { ConnectionId } from '../../../core/domain/connection.ts';
import type { PipelineBackend } from '../../../core/ports/pipelineBackend.ts';
import { checkPolicy } from '../../../core/tools/policy.ts';
import type { Services } from '../../services.ts';
import { backendAt } from './place.ts';

/** The backend for a command that changes something, if policy allows it. Throws MlopsError `forbidden`. */
export async function changingBackend(
  services: Services,
  effect: 'write' | 'destroy',
  connection: ConnectionId | undefined,
): Promise<PipelineBackend> {
  const backend = await backendAt(services, connection);
  checkPolicy(effect, { connection: { info: backend.connection }, trusted: vscode.workspace.isTrusted });
  return backend;
}
