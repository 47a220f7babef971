import * as vscode from 'vscode';
import type { Home } from '../../adapters/localRunner/home.ts';
import type { BackendChange, PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { systemClock } from '../clock.ts';
import { once } from '../once.ts';
import { localSettings } from '../settings.ts';
import type { ConfiguredConnection } from './configured.ts';
import type { ConnectionDeps, OpenRunConnection } from './openConnection.ts';
import { resourceOf, type Workspace } from './openWorkspace.ts';
import { wrapBackend } from './wrapBackend.ts';

/** What a home of this machine is opened with. */
export interface HomeDeps extends ConnectionDeps {
  readonly home: () => Promise<Home>;
  readonly workspace: () => Promise<Workspace>;
}

/** A home on this machine: the runs, environments and objects in it. Adapters are loaded at first use. */
export function homeConnection(
  configured: ConfiguredConnection,
  deps: HomeDeps,
): OpenRunConnection & vscode.Disposable {
  const { info } = configured;
  const { home } = deps;
  const changed = new vscode.EventEmitter<BackendChange>();
  const used = Promise.withResolvers<void>();
  const opened: vscode.Disposable[] = [changed];
  const backend = once(async () => {
    const wrapped = await wrapBackend(await openRunner(info, deps), changed);
    opened.push(...wrapped.opened);
    used.resolve();
    return wrapped.backend;
  });
  const store = once(async () => {
    const { createLocalFolder } = await import('../../adapters/localFolder/localFolder.ts');
    return createLocalFolder({ root: (await home()).objects });
  });
  const endClaim = once(async () => {
    const { createEndClaim } = await import('../../adapters/localRunner/runs/endClaim.ts');
    return createEndClaim(await home());
  });
  return {
    info,
    backend,
    store,
    endClaim,
    checks: async () => {
      const { homeChecks } = await import('../../adapters/localRunner/homeChecks.ts');
      const { folder } = configured;
      return homeChecks({ folder, pythons: async () => (await deps.workspace()).pythons });
    },
    onDidChange: changed.event,
    inUse: used.promise,
    mayHaveActiveRuns: async () => {
      const { mayHaveActiveRuns } = await import('../activeRuns.ts');
      return mayHaveActiveRuns(configured.folder);
    },
    dispose: () => {
      for (const one of opened) one.dispose();
    },
  };
}

async function openRunner(
  connection: ConfiguredConnection['info'],
  { context, log, home, workspace }: HomeDeps,
): Promise<PipelineBackend> {
  const [place, { pipelines, pythons }, { createLocalRunner }, { withWorkspacePipelines }] =
    await Promise.all([
      home(),
      workspace(),
      import('../../adapters/localRunner/localRunner.ts'),
      import('../../core/pipelines/withWorkspacePipelines.ts'),
    ]);
  const runner = createLocalRunner({
    connection,
    home: place.root,
    sharedHome: place.shared,
    runnerPackage: resourceOf(context, 'python', 'mlops_runner'),
    pythons,
    clock: systemClock,
    log,
    settings: localSettings,
  });
  return withWorkspacePipelines(runner, pipelines);
}
