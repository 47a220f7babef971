import * as vscode from 'vscode';
import { thisMachine } from '../core/domain/connection.ts';
import type { Home } from '../adapters/localRunner/home.ts';
import type { RunId } from '../core/domain/run.ts';
import type { ApprovalStore } from '../core/ports/compileApprovals.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { EndClaim } from '../core/ports/endClaim.ts';
import type { Log } from '../core/ports/log.ts';
import type { ObjectStore } from '../core/ports/objectStore.ts';
import type { BackendChange, PipelineBackend } from '../core/ports/pipelineBackend.ts';
import { approvalStore } from './approvalStore.ts';
import { systemClock } from './clock.ts';
import { tellHomeIsPrivate } from './notifications/tellHomeIsPrivate.ts';
import { createSession, type Session } from './session.ts';
import { homeFolder, localSettings, sharedHome } from './settings.ts';

/** Everything the editor's side needs from below. Adapters are loaded at first use. */
export interface Services {
  readonly clock: Clock;
  readonly log: Log;
  readonly backend: () => Promise<PipelineBackend>;
  readonly store: () => Promise<ObjectStore>;
  /** Who tells how a run ended, over all windows. */
  readonly endClaim: () => Promise<EndClaim>;
  /** Resolves when the backend is first used. */
  readonly inUse: Promise<void>;
  /** The run that the chat waited for last, kept over reloads: an answer that was cut short leaves no other trace. */
  readonly waitedFor: LastRun;
  /** Which Python files may be compiled, as it is kept for this workspace. */
  readonly approvals: ApprovalStore;
  /** What this workspace remembers over reloads. */
  readonly workspaceState: vscode.Memento;
  /** What this window knows until it is reloaded. */
  readonly session: Session;
  /** Fires for what changed in the backend, once it is in use. */
  readonly onDidChange: vscode.Event<BackendChange>;
}

/** Remembers one run and when. Times are milliseconds since 1970. */
export interface LastRun {
  readonly get: () => { readonly run: RunId; readonly at: number } | undefined;
  readonly set: (run: RunId) => void;
}

/** Wires the ports to this machine. The only place that names adapters. */
export function createServices(context: vscode.ExtensionContext, log: Log): Services {
  const changed = new vscode.EventEmitter<BackendChange>();
  const used = Promise.withResolvers<void>();
  context.subscriptions.push(changed);
  const home = once(() => openHome(log));
  const approvals = approvalStore(context.workspaceState, vscode.workspace.isTrusted);
  const backend = once(async () => {
    const place = await home();
    const [{ reportCompiling }, { redactedBackend }, { placedBackend }, code, loaded] = await Promise.all([
      import('../core/pipelines/reportCompiling.ts'),
      import('../core/runs/redactedBackend.ts'),
      import('../core/runs/placedBackend.ts'),
      import('./code/placeOf.ts'),
      loadBackend(context, log, place, approvals),
    ]);
    const told = reportCompiling(placedBackend(loaded, code.placeOf(loaded)));
    context.subscriptions.push({ dispose: told.watch((change) => changed.fire(change)) });
    used.resolve();
    return redactedBackend(told);
  });
  const store = once(async () => {
    const { createLocalFolder } = await import('../adapters/localFolder/localFolder.ts');
    return createLocalFolder({ home: (await home()).root });
  });
  const endClaim = once(async () => {
    const { createEndClaim } = await import('../adapters/localRunner/runs/endClaim.ts');
    return createEndClaim(await home());
  });
  return {
    clock: systemClock,
    log,
    backend,
    store,
    endClaim,
    waitedFor: lastRun(context.workspaceState),
    approvals,
    workspaceState: context.workspaceState,
    session: createSession(context),
    inUse: used.promise,
    onDidChange: changed.event,
  };
}

/** The home, private to the person unless they share it. */
async function openHome(log: Log): Promise<Home> {
  const [{ homeAt }, { keepPrivate }] = await Promise.all([
    import('../adapters/localRunner/home.ts'),
    import('../adapters/localRunner/homeRights.ts'),
  ]);
  const home = homeAt(homeFolder(), { shared: sharedHome() });
  if (!home.shared && (await keepPrivate(home, log))) tellHomeIsPrivate();
  return home;
}

async function loadBackend(
  context: vscode.ExtensionContext,
  log: Log,
  home: Home,
  approvals: ApprovalStore,
): Promise<PipelineBackend> {
  const [runner, environments, pipelines, python, joined, workspaceFiles, pythonChoice] = await Promise.all([
    import('../adapters/localRunner/localRunner.ts'),
    import('../adapters/localRunner/environments/compilerEnvironment.ts'),
    import('../adapters/workspacePipelines/workspacePipelines.ts'),
    import('../adapters/python/pythons.ts'),
    import('../core/pipelines/withWorkspacePipelines.ts'),
    import('./workspaceFiles.ts'),
    import('./pythonChoice.ts'),
  ]);
  const clock = systemClock;
  const resource = (...names: string[]) =>
    vscode.Uri.joinPath(context.extensionUri, 'resources', ...names).fsPath;
  const runnerPackage = resource('python', 'mlops_runner');
  const files = workspaceFiles.createWorkspaceFiles();
  const pythons = python.createPythons({
    workspace: files,
    choice: pythonChoice.createPythonChoice(),
    runnerPackage,
    log,
    environment: () => localSettings().environment,
  });
  const pipArguments = () => localSettings().pipArguments ?? [];
  const workspacePipelines = pipelines.createWorkspacePipelines({
    files,
    samplesFolder: resource('samples'),
    scripts: runnerPackage,
    pythons,
    compiler: environments.createCompilerEnvironment({ home, pythons, clock, runnerPackage, pipArguments }),
    approvals,
    clock,
    log,
    passEnvironment: () => localSettings().passEnvironment,
  });
  const thisMachine = runner.createLocalRunner({
    home: home.root,
    sharedHome: home.shared,
    runnerPackage,
    connectionName: connectionName(),
    pythons,
    clock,
    log,
    settings: localSettings,
  });
  return joined.withWorkspacePipelines(thisMachine, workspacePipelines);
}

/** What this machine is called. Over SSH, WSL or in a container it is the other one, so that is named. */
export function connectionName(): string {
  const known = ['ssh-remote', 'wsl', 'dev-container', 'attached-container'];
  const remote = vscode.env.remoteName ?? '';
  return known.includes(remote) ? `${thisMachine} (${remote})` : thisMachine;
}

function lastRun(state: vscode.Memento): LastRun {
  const key = 'mlops.waitedFor';
  return {
    get: () => state.get(key),
    set: (run) => void state.update(key, { run, at: systemClock.now() }),
  };
}

/** Calls `make` at first use and keeps what came; a failure is not kept. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
