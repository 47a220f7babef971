import * as vscode from 'vscode';
import { checkPolicy } from '../../core/tools/policy.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import type { Services } from '../services.ts';
import { askModal } from '../window/messages.ts';

/** The backend for a command that changes something, unless policy says no. Throws MlopsError `forbidden`. */
export async function changingBackend(
  services: Services,
  effect: 'write' | 'destroy',
): Promise<PipelineBackend> {
  const backend = await services.backend();
  checkPolicy(effect, { backend, trusted: vscode.workspace.isTrusted });
  return backend;
}

/** Asks in a modal with a warning sign; false when the person leaves. */
export async function agreed(title: string, detail: string, yes: string): Promise<boolean> {
  return (await askModal({ title, detail, warns: true }, yes)) === yes;
}
