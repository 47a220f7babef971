import * as vscode from 'vscode';
import type { BackendChange } from '../../core/ports/pipelineBackend.ts';
import type { Services } from '../services.ts';
import { scheme } from '../uris.ts';

/** How often an open document of a run that goes on is read again. */
const restMs = 1000;

/** Registers the read-only documents: a run's description, a task's log and source, an object without a file on this machine. */
export function registerDocuments(context: vscode.ExtensionContext, services: Services): void {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const follower = new Follower(services, changed);
  context.subscriptions.push(
    changed,
    services.onDidChange((change) => follower.change(change)),
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => contentsAt(uri, services),
    }),
  );
}

async function contentsAt(uri: vscode.Uri, services: Services): Promise<string> {
  const [{ contentsOf }, { addressOf }, { describeRun }] = await Promise.all([
    import('./contents.ts'),
    import('./address.ts'),
    import('../../core/runs/describeRun.ts'),
  ]);
  const address = addressOf(uri.path);
  if (address === undefined) return 'This address is none of a run, a log or an object.';
  return contentsOf(address, { backend: services.backend, store: services.store, describeRun });
}

/** Has open documents of changed runs read again, each at most once a second. */
class Follower {
  readonly #services: Services;
  readonly #changed: vscode.EventEmitter<vscode.Uri>;
  readonly #waiting = new Map<string, vscode.Uri>();

  constructor(services: Services, changed: vscode.EventEmitter<vscode.Uri>) {
    this.#services = services;
    this.#changed = changed;
  }

  change(change: BackendChange): void {
    if (change.kind !== 'runs') return;
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === scheme && concerns(uri.path, change.runs)) void this.#later(uri);
    }
  }

  async #later(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    if (this.#waiting.has(key)) return;
    this.#waiting.set(key, uri);
    await this.#services.clock.delay(restMs);
    this.#waiting.delete(key);
    this.#changed.fire(uri);
  }
}

function concerns(path: string, runs: readonly string[] | undefined): boolean {
  if (!path.startsWith('/runs/')) return false;
  return (
    runs === undefined || runs.some((run) => path === `/runs/${run}.md` || path.startsWith(`/runs/${run}/`))
  );
}
