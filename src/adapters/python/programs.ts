import path from 'node:path';
import { inRestrictedMode } from '../../core/ports/mlopsError.ts';
import type { Look } from '../../core/ports/pythons.ts';
import type { WorkspaceFiles } from '../../core/ports/workspaceFiles.ts';
import { runChild, taskEnvironment, type ChildResult } from '../node/childProcess.ts';
import { leadsThrough } from './leadsThrough.ts';
import { searchPath } from './searchPath.ts';

/**
 * The programs that may run when somebody only looks. In Restricted Mode none below an open folder, and none that takes
 * anything from there: not by the PATH, not by a link, not by what a Python imports at its start.
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

  /** Runs a script that looks, in its own folder: what a program reads where it starts is not the workspace's then. */
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

  /** The variables without the places below an open folder, or below wherever the program happens to start. */
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
