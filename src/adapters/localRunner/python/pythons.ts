import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Remark } from '../../../core/domain/pipeline.ts';
import type { PythonChoice } from '../../../core/ports/pythonChoice.ts';
import type { LocalRunnerOptions } from '../options.ts';
import { findPython, isNewEnough, workingPythons } from './findPython.ts';
import type { FoundPython } from './findPython.ts';
import { PythonProbe } from './probe.ts';
import { searchPath } from './searchPath.ts';

/** A Python to run with: the base for environments, or one that is used as it is. */
export interface RunPython extends FoundPython {
  readonly uv: string | undefined;
  /** True when the setting names it, so that nothing is built or installed. */
  readonly asItIs: boolean;
}

/** The interpreters of this machine, asked once each. */
export class Pythons {
  readonly #options: LocalRunnerOptions;
  readonly #choice: PythonChoice;
  readonly #probe: PythonProbe;

  constructor(options: LocalRunnerOptions) {
    this.#options = options;
    this.#probe = new PythonProbe(options.runnerPackage);
    this.#choice = { candidates: (signal) => this.#candidates(signal) };
  }

  /** The Python for runs, or why there is none. */
  async forRuns(signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }> {
    const { environment } = this.#options.settings();
    return environment === 'managed' ? this.base(signal) : this.#chosen(environment, signal);
  }

  /** The Python that environments are made from, whatever runs use. */
  async base(signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }> {
    const search = await findPython(this.#choice, this.#probe, this.#options.log, signal);
    return 'blocker' in search ? search : { ...search.found, uv: search.uv, asItIs: false };
  }

  /** Every interpreter that works, best first. */
  working(signal: AbortSignal): AsyncGenerator<FoundPython> {
    return workingPythons(this.#choice, this.#probe, this.#options.log, signal);
  }

  /** In Restricted Mode only what the PATH has: a path may lead into the workspace. */
  async #candidates(signal: AbortSignal) {
    const all = await this.#options.python.candidates(signal);
    return this.#options.files.trusted() ? all : all.filter((candidate) => !path.isAbsolute(candidate.path));
  }

  /** The interpreter that the setting names, used as it is. */
  async #chosen(interpreter: string, signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }> {
    const hint = 'Correct the setting mlops.local.environment, or set it to managed.';
    const there = path.isAbsolute(interpreter) ? await stat(interpreter).catch(() => undefined) : undefined;
    const python = there ? await this.#probe.look(interpreter, signal) : undefined;
    if (!python) {
      const message = `${interpreter}, which the setting mlops.local.environment names, is no Python.`;
      return { blocker: { what: 'no_python', message, hint } };
    }
    if (!isNewEnough(python.version)) {
      const message = `Python ${python.version} (${interpreter}) is too old: Python 3.9 or newer is needed.`;
      return { blocker: { what: 'python_too_old', message, hint } };
    }
    const [uv] = await searchPath('uv');
    return { python, from: 'the setting mlops.local.environment', uv, asItIs: true };
  }
}
