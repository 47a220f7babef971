import * as vscode from 'vscode';
import { thisMachine } from '../../core/domain/connection.ts';
import type { ConnectionChange } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { scheme } from '../uris.ts';
import type { FollowedLogs } from './followedLogs.ts';

/** How often open documents of an active run are read again, in milliseconds; logs are followed separately. */
const restMs = 1000;

/**
 * Registers the read-only documents: a run's description, a task's log and source, the result of a search in a log, an
 * object without a file on this machine.
 */
export function registerDocuments(context: vscode.ExtensionContext, services: Services): void {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const descriptions = new Descriptions(services, changed);
  let logs: Promise<FollowedLogs> | undefined;
  const followedLogs = () =>
    (logs ??= openLogs(context, services, changed).catch((error: unknown) => {
      logs = undefined;
      throw error;
    }));
  context.subscriptions.push(
    changed,
    services.connections.onDidChangeRuns((change) => {
      descriptions.change(change);
      void logs?.then((all) => all.change(change));
    }),
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => contentsAt(uri, services, followedLogs),
    }),
  );
}

async function contentsAt(
  uri: vscode.Uri,
  services: Services,
  logs: () => Promise<FollowedLogs>,
): Promise<string> {
  const { addressOf } = await import('./address.ts');
  const address = addressOf(uri);
  if (address === undefined) return 'This address is none of a run, a log or an object.';
  if (address.kind === 'log') return (await logs()).text(uri, address);
  if (address.kind === 'search') return (await import('./logSearches.ts')).searchText(uri, address, services);
  const [{ contentsOf }, { describeRun }] = await Promise.all([
    import('./contents.ts'),
    import('../../core/runs/describeRun.ts'),
  ]);
  return contentsOf(address, { connections: services.connections, describeRun });
}

async function openLogs(
  context: vscode.ExtensionContext,
  services: Services,
  changed: vscode.EventEmitter<vscode.Uri>,
): Promise<FollowedLogs> {
  const [all, { registerLogLinks }] = await Promise.all([
    import('./followedLogs.ts'),
    import('./logLinks.ts'),
  ]);
  const logs = new all.FollowedLogs(services, changed);
  context.subscriptions.push(logs.begin(), registerLogLinks(services.session.logFindings));
  return logs;
}

/** Reads open descriptions and sources of changed runs again, each at most once a second. */
class Descriptions {
  readonly #services: Services;
  readonly #changed: vscode.EventEmitter<vscode.Uri>;
  readonly #waiting = new Set<string>();

  constructor(services: Services, changed: vscode.EventEmitter<vscode.Uri>) {
    this.#services = services;
    this.#changed = changed;
  }

  change({ connection, change }: ConnectionChange): void {
    if (change.kind !== 'runs') return;
    for (const { uri } of vscode.workspace.textDocuments) {
      const here = uri.scheme === scheme && (uri.authority || thisMachine) === connection.info.id;
      if (here && describes(uri.path, change.runs)) void this.#later(uri);
    }
  }

  async #later(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    if (this.#waiting.has(key)) return;
    this.#waiting.add(key);
    await this.#services.clock.delay(restMs);
    this.#waiting.delete(key);
    this.#changed.fire(uri);
  }
}

function describes(path: string, runs: readonly string[] | undefined): boolean {
  const run = /^\/runs\/([^/]+)(\.md|\/[^/]+\.py)$/.exec(path)?.[1];
  return run !== undefined && (runs === undefined || runs.includes(run));
}
