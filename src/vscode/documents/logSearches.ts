import type * as vscode from 'vscode';
import { type LogFindings, searchLog } from '../../core/logs/searchLog.ts';
import { renderFindings } from '../../core/logs/renderFindings.ts';
import { connectionOf, runsOf } from '../../core/connections/findConnection.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { paragraphs } from '../../core/text/sentences.ts';
import { deadline } from '../deadline.ts';
import { failureOf } from '../failure.ts';
import type { Address } from './address.ts';

type Search = Extract<Address, { readonly kind: 'search' }>;

const mostKept = 20;

/** Searches a log and keeps the result for a document. Throws MlopsError. */
export async function search(
  uri: vscode.Uri,
  asked: Search,
  services: Services,
  signal: AbortSignal,
): Promise<LogFindings> {
  const { connection, id } = asked.run;
  const backend = await runsOf(connectionOf<OpenConnection>(services.connections, connection));
  const matches = await searchLog(backend, { ...asked, run: id }, signal);
  const findings = services.session.logFindings;
  const key = uri.toString();
  findings.delete(key);
  findings.set(key, matches);
  const [oldest] = findings.keys();
  if (findings.size > mostKept && oldest !== undefined) findings.delete(oldest);
  return matches;
}

/** The text of a search's document: after a reload of the window it searches again. */
export async function searchText(uri: vscode.Uri, asked: Search, services: Services): Promise<string> {
  try {
    const known = services.session.logFindings.get(uri.toString());
    return renderFindings(
      { ...asked, run: asked.run.id },
      known ?? (await search(uri, asked, services, deadline())),
    );
  } catch (error) {
    const { message, hint } = failureOf(error);
    return paragraphs(message, hint);
  }
}
