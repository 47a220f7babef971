import * as vscode from 'vscode';
import { placeName } from '../../core/connections/placeName.ts';
import { inSentence } from '../../core/sentences/words.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import type { Handler } from './command.ts';
import { targetOf } from './shared/arguments.ts';
import { pickRun } from './shared/pick.ts';
import { backendOf } from './shared/place.ts';

/** Opens the chat with `@mlops` inserted: a sentence without it goes to the editor's own agent, which may need an account. */
export async function openChat(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.chat.open', {
    query: '@mlops ',
    isPartialQuery: true,
  });
}

/** Asks @mlops about a run: why it failed, or how it is doing. */
export function askAboutRun(services: Services): Handler {
  return async (...args) => {
    const id = targetOf(args).run;
    const backend = await backendOf(services, args);
    const run =
      id === undefined
        ? await pickRun(backend, services.clock, 'Ask about which run?')
        : await backend.getRun(id, deadline());
    if (run === undefined) return;
    const place = placeName(services.connections, backend.connection);
    const where = place === undefined ? '' : ` on ${place}`;
    const query =
      run.state === 'failed'
        ? `@mlops why did ${inSentence(run.label)} fail${where}?`
        : `@mlops describe run ${inSentence(run.label)}${where}`;
    await vscode.commands.executeCommand('workbench.action.chat.open', { query });
  };
}
