import * as vscode from 'vscode';
import { headLines } from '../../core/logs/renderFindings.ts';
import type { LogFindings } from '../../core/logs/searchLog.ts';
import { type Target, targetOfRun } from '../target.ts';
import { scheme } from '../uris.ts';
import { addressOf } from './address.ts';

/** Links the line numbers in the result of a search to the lines of the log. */
export function registerLogLinks(findings: ReadonlyMap<string, LogFindings>): vscode.Disposable {
  const selector = { scheme, pattern: '/runs/*/search/*' };
  return vscode.languages.registerDocumentLinkProvider(selector, {
    provideDocumentLinks: ({ uri }) => linksOf(uri, findings.get(uri.toString())),
  });
}

function linksOf(uri: vscode.Uri, findings: LogFindings | undefined): vscode.DocumentLink[] {
  const address = addressOf(uri);
  if (address?.kind !== 'search' || findings === undefined) return [];
  const { run, task } = address;
  const width = String(findings.found.at(-1)?.line ?? '').length;
  return findings.found.map(({ line, attempt, offset }, index) => {
    const row = index + headLines;
    const range = new vscode.Range(row, width - String(line).length, row, width);
    const target: Target & { place: object } = {
      ...targetOfRun(run),
      task,
      place: { line, attempt, offset },
    };
    const args = encodeURIComponent(JSON.stringify([target]));
    const link = new vscode.DocumentLink(range, vscode.Uri.parse(`command:mlops.followLog?${args}`));
    link.tooltip = `Line ${line} of the log`;
    return link;
  });
}
