import type { Remark } from '../../core/domain/pipeline.ts';
import type { Log } from '../../core/ports/log.ts';
import type { PythonChoice } from '../../core/ports/pythonChoice.ts';
import type { FoundPython, Look, Looked, Pythons, RunPython } from '../../core/ports/pythons.ts';
import type { WorkspaceFiles } from '../../core/ports/workspaceFiles.ts';
import { findPython, isNewEnough, lookOrSkip, workingPythons, type PythonSearching } from './findPython.ts';
import { PythonProbe } from './probe.ts';
import { Programs } from './programs.ts';

export interface PythonsOptions {
  readonly workspace: Pick<WorkspaceFiles, 'trusted' | 'folders'>;
  readonly choice: PythonChoice;
  /** Absolute path of `resources/python/mlops_runner`. */
  readonly runnerPackage: string;
  readonly log: Log;
  /** `managed`, or the interpreter that runs use as it is. */
  readonly environment: () => string;
}

/** The Pythons of this machine. */
export function createPythons(options: PythonsOptions): Pythons {
  return new MachinePythons(options);
}

/** The interpreters of this machine, asked once each. */
class MachinePythons implements Pythons {
  readonly #environment: () => string;
  readonly #searching: PythonSearching;
  readonly #programs: Programs;

  constructor({ workspace, choice, runnerPackage, log, environment }: PythonsOptions) {
    this.#environment = environment;
    this.#programs = new Programs(workspace);
    const probe = new PythonProbe(runnerPackage, this.#programs);
    this.#searching = { choice, programs: this.#programs, probe, log };
  }

  get trusted(): boolean {
    return this.#programs.trusted;
  }

  async forRuns(signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }> {
    const environment = this.#environment();
    return environment === 'managed' ? this.base(signal) : this.#chosen(environment, signal);
  }

  async base(signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }> {
    const search = await findPython(this.#searching, signal);
    return 'blocker' in search ? search : { ...search.found, uv: search.uv, asItIs: false };
  }

  async *working(signal: AbortSignal): AsyncGenerator<FoundPython> {
    for await (const working of workingPythons(this.#searching, signal))
      if (isNewEnough(working.python.version)) yield working;
  }

  look(look: Look, signal: AbortSignal): Promise<Looked> {
    return this.#programs.look(look, signal);
  }

  /** The interpreter that the setting names, used as it is. */
  async #chosen(name: string, signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }> {
    const hint = 'Correct the setting mlops.local.environment, or set it to managed.';
    const [interpreter = name] = await this.#programs.find(name);
    const python = await lookOrSkip(this.#searching, interpreter, signal);
    if (!python) {
      const outside = this.#programs.trusted ? '' : ' outside the workspace, which is in Restricted Mode';
      const message = `${name}, which the setting mlops.local.environment names, is no Python${outside}.`;
      return { blocker: { what: 'no_python', message, hint } };
    }
    if (!isNewEnough(python.version)) {
      const message = `Python ${python.version} (${interpreter}) is too old: Python 3.9 or newer is needed.`;
      return { blocker: { what: 'python_too_old', message, hint } };
    }
    const [uv] = await this.#programs.find('uv');
    return { python, from: 'the setting mlops.local.environment', uv, asItIs: true };
  }
}
