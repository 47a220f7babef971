import type { ScriptedEndpoint } from '../../harness/openaiServer.ts';
import { ownEndpointEntry } from '../../harness/ownEndpoint.ts';
import type { Workbench } from '../../harness/workbench.ts';

const name = 'Scripted One';

/** The scripted endpoint as a person enters it in the editor's list of models. */
export function ownModelEntry(endpoint: ScriptedEndpoint): object {
  return ownEndpointEntry({ url: endpoint.url, name, model: 'scripted' });
}

/** Has the chat take the scripted endpoint. */
export async function pickOwnModel({ models }: Workbench): Promise<void> {
  if (await models.isPicked(name)) return;
  await models.lookUp(name);
  await models.pick(name);
}
