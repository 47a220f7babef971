import * as vscode from 'vscode';
import type { Home } from '../../adapters/localRunner/home.ts';
import type { PipelineFiles } from '../../core/ports/pipelineFiles.ts';
import type { Pythons } from '../../core/ports/pythons.ts';
import { systemClock } from '../clock.ts';
import { localSettings } from '../settings.ts';
import type { ConnectionDeps } from './openConnection.ts';

/** The pipelines of the open folders, which any connection can run. */
export interface Workspace {
  readonly pipelines: PipelineFiles;
  /** The interpreters of this machine. */
  readonly pythons: Pythons;
}

/** Opens the pipelines of the workspace. The compiler's environment is in `home`, this machine's own. */
export async function openWorkspace(
  { context, log, approvals }: ConnectionDeps,
  home: Home,
): Promise<Workspace> {
  const [environments, workspacePipelines, python, workspaceFiles, pythonChoice] = await Promise.all([
    import('../../adapters/localRunner/environments/compilerEnvironment.ts'),
    import('../../adapters/workspacePipelines/workspacePipelines.ts'),
    import('../../adapters/python/pythons.ts'),
    import('../workspaceFiles.ts'),
    import('../pythonChoice.ts'),
  ]);
  const clock = systemClock;
  const runnerPackage = resourceOf(context, 'python', 'mlops_runner');
  const files = workspaceFiles.createWorkspaceFiles();
  const pythons = python.createPythons({
    workspace: files,
    choice: pythonChoice.createPythonChoice(),
    runnerPackage,
    log,
    environment: () => localSettings().environment,
  });
  const pipArguments = () => localSettings().pipArguments ?? [];
  const pipelines = workspacePipelines.createWorkspacePipelines({
    files,
    samplesFolder: resourceOf(context, 'samples'),
    scripts: runnerPackage,
    pythons,
    compiler: environments.createCompilerEnvironment({ home, pythons, clock, runnerPackage, pipArguments }),
    approvals,
    clock,
    log,
    passEnvironment: () => localSettings().passEnvironment,
  });
  return { pipelines, pythons };
}

/** The path of a file below the extension's `resources`. */
export function resourceOf({ extensionUri }: vscode.ExtensionContext, ...names: string[]): string {
  return vscode.Uri.joinPath(extensionUri, 'resources', ...names).fsPath;
}
