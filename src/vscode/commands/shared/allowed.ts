import * as vscode from 'vscode';
import { checkPolicy } from '../../../core/tools/policy.ts';
import type { PipelineBackend } from '../../../core/ports/pipelineBackend.ts';
import type { Services } from '../../services.ts';

/** The backend for a command that changes something, unless policy says no. Throws MlopsError `forbidden`. */
export async function changingBackend(
  services: Services,
  effect: 'write' | 'destroy',
): Promise<PipelineBackend> {
  const backend = await services.backend();
  checkPolicy(effect, { backend, trusted: vscode.workspace.isTrusted });
  return backend;
}
