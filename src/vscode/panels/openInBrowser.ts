import * as vscode from 'vscode';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { deadline } from '../deadline.ts';
import { inform } from '../window/messages.ts';
import type { PageServer } from './pageServer.ts';

/** Shows a page of the store in the person's browser, on an origin of its own. */
export async function openInBrowser(
  pages: PageServer,
  store: ObjectStore,
  object: ObjectName,
): Promise<void> {
  const address = await pages.serve(store, object);
  // For a remote machine the editor forwards the port.
  const external = await vscode.env.asExternalUri(vscode.Uri.parse(address));
  if (await leadsNowhere(external)) await tellAddress(address);
  else await vscode.env.openExternal(external);
}

/** Some editors in a browser offer a path to a port that does not work. */
async function leadsNowhere(address: vscode.Uri): Promise<boolean> {
  // This process may reach another address than the person's browser: only a clear "not found" counts, or an editor's
  // own server that is opened by a token, which has no such paths.
  const answer = await fetch(address.toString(true), { signal: deadline() }).catch(() => undefined);
  if (answer?.status === 403) return (await answer.text()) === 'Forbidden.';
  await answer?.body?.cancel();
  return answer?.status === 404;
}

async function tellAddress(address: string): Promise<void> {
  const text = `This editor leads to no port of its machine. A browser there shows the report at ${address}`;
  const copy = 'Copy address';
  if ((await inform(text, copy)) === copy) await vscode.env.clipboard.writeText(address);
}
