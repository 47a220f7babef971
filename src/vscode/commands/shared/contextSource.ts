import * as vscode from 'vscode';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { literal } from '../../../core/text/literal.ts';
import { kubeContexts, type OfferedContext } from '../../connections/kubeReach.ts';
import type { Choice, Inputs } from '../../window/inputs.ts';
import type { DraftRow } from './connectionSource.ts';

const another = { label: 'Another kubeconfig…', value: 'another' as const };

/** Asks for a context of the person's kubeconfig, or of another one. */
export async function fromContext(inputs: Inputs): Promise<DraftRow | undefined> {
  for (let kubeconfig: string | undefined; ;) {
    const { contexts, placeholder } = await offered(kubeconfig);
    const chosen = await inputs.pick<OfferedContext | 'another'>({
      title: 'The Kubernetes context',
      placeholder,
      items: [...contexts.map(choiceOf), another],
      back: false,
    });
    if (chosen === undefined) return undefined;
    if (chosen !== 'another') {
      const { server: _server, ...named } = chosen;
      // Another file may be anybody's, and name a command to run.
      return { row: { kind: 'kubeflow', ...named }, isForeign: kubeconfig !== undefined };
    }
    const [file] =
      (await vscode.window.showOpenDialog({ title: 'Which kubeconfig?', openLabel: 'Use' })) ?? [];
    kubeconfig = file?.fsPath ?? kubeconfig;
  }
}

async function offered(
  kubeconfig: string | undefined,
): Promise<{ readonly contexts: readonly OfferedContext[]; readonly placeholder: string }> {
  try {
    const contexts = await kubeContexts(kubeconfig);
    const placeholder = contexts.length === 0 ? 'The kubeconfig has no context.' : 'Which cluster is it in?';
    return { contexts, placeholder };
  } catch (error) {
    if (!(error instanceof MlopsError)) throw error;
    return { contexts: [], placeholder: literal(error.message) };
  }
}

function choiceOf(context: OfferedContext): Choice<OfferedContext> {
  return { label: literal(context.context), description: literal(context.server), value: context };
}
