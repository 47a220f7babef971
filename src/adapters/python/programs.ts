import path from 'node:path';
import { inRestrictedMode } from '../../core/ports/mlopsError.ts';
import type { Look } from '../../core/ports/pythons.ts';
import type { WorkspaceFiles } from '../../core/ports/workspaceFiles.ts';
import { runChild, taskEnvironment, type ChildResult } from '../node/childProcess.ts';
import { leadsThrough } from './leadsThrough.ts';
import { searchPath } from './searchPath.ts';

/**
 * The programs that may run while somebody only looks. In Restricted Mode none below an open folder, and none that loads
 * anything from there: by the PATH, by a link, or by the imports of a starting Python.
 */
export class Programs {
  readonly #workspace: Pick<WorkspaceFiles, 'trusted' | 'folders'>;
  readonly #env: NodeJS.ProcessEnv;

  constructor(workspace: Pick<WorkspaceFiles, 'trusted' | 'folders'>, env: NodeJS.ProcessEnv = process.env) {
    this.#workspace = workspace;
    this.#env = env;
  }

  /** False in Restricted Mode. */
  get trusted(): boolean {
    return this.#workspace.trusted();
  }

  /** Absolute paths of a program that may run, best first, by its name on the PATH or its absolute path. */
  async find(name: string): Promise<readonly string[]> {
    return this.#allowed(await searchPath(name, this.#env));
  }

  /** Whether the program at an absolute path may run. */
  async mayRun(file: string): Promise<boolean> {
    return this.trusted || !(await leadsThrough(file, this.#workspace.folders()));
  }

  /** Runs a read-only script in its own folder, so that nothing is loaded from the workspace. */
  async look({ python, script, ...more }: Look, signal: AbortSignal): Promise<ChildResult> {
    const restricted = !this.trusted;
    if (!(await this.mayRun(python)))
      throw inRestrictedMode(`${python} is in a workspace in Restricted Mode and is not run.`);
    // Without -S a package that was installed from the workspace has its files found, sitecustomize.py among them.
    const flags = restricted ? ['-I', '-S'] : ['-I'];
    const env = restricted
      ? await this.#outside(taskEnvironment([], this.#env))
      : taskEnvironment([], this.#env);
    return runChild(
      { command: python, arguments: [...flags, script], env, folder: path.dirname(script), ...more },
      signal,
    );
  }

  /** The variables without PATH entries below an open folder, or relative to where the program starts. */
  async #outside(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
    const entries = Object.entries(env).map(async ([name, value = '']) => {
      if (!/PATH$|^PYENV_/.test(name) || name === 'PATHEXT') return [[name, value]];
      const places = value.split(path.delimiter).filter((place) => path.isAbsolute(place));
      const kept = await this.#allowed(places);
      return kept.length === 0 ? [] : [[name, kept.join(path.delimiter)]];
    });
    return Object.fromEntries((await Promise.all(entries)).flat());
  }

  async #allowed(files: readonly string[]): Promise<readonly string[]> {
    const may = await Promise.all(files.map((file) => this.mayRun(file)));
    return files.filter((_, index) => may[index]);
  }
}
