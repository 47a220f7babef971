import type { Remark } from '../../../core/domain/pipeline.ts';
import type { LocalRunnerOptions } from '../options.ts';
import { findPython, isNewEnough, lookOrSkip, workingPythons } from './findPython.ts';
import type { FoundPython, PythonSearching } from './findPython.ts';
import { PythonProbe } from './probe.ts';
import { Programs } from './programs.ts';

/** A Python to run with: the base for environments, or one that is used as it is. */
export interface RunPython extends FoundPython {
  readonly uv: string | undefined;
  /** True when the setting names it, so that nothing is built or installed. */
  readonly asItIs: boolean;
}

/** The interpreters of this machine, asked once each. */
export class Pythons {
  readonly #options: LocalRunnerOptions;
  readonly #searching: PythonSearching;
  /** The programs that may run for looking. */
  readonly programs: Programs;

  constructor(options: LocalRunnerOptions) {
    const { files, runnerPackage, python: choice, log } = options;
    this.#options = options;
    this.programs = new Programs(files);
    const probe = new PythonProbe(runnerPackage, this.programs);
    this.#searching = { choice, programs: this.programs, probe, log };
  }

  /** The Python for runs, or why there is none. */
  async forRuns(signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }> {
    const { environment } = this.#options.settings();
    return environment === 'managed' ? this.base(signal) : this.#chosen(environment, signal);
  }

  /** The Python that environments are made from, whatever runs use. */
  async base(signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }> {
    const search = await findPython(this.#searching, signal);
    return 'blocker' in search ? search : { ...search.found, uv: search.uv, asItIs: false };
  }

  /** Every interpreter that works, best first. */
  working(signal: AbortSignal): AsyncGenerator<FoundPython> {
    return workingPythons(this.#searching, signal);
  }

  /** The interpreter that the setting names, used as it is. */
  async #chosen(name: string, signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }> {
    const hint = 'Correct the setting mlops.local.environment, or set it to managed.';
    const [interpreter = name] = await this.programs.find(name);
    const python = await lookOrSkip(this.#searching, interpreter, signal);
    if (!python) {
      const outside = this.programs.trusted ? '' : ' outside the workspace, which is in Restricted Mode';
      const message = `${name}, which the setting mlops.local.environment names, is no Python${outside}.`;
      return { blocker: { what: 'no_python', message, hint } };
    }
    if (!isNewEnough(python.version)) {
      const message = `Python ${python.version} (${interpreter}) is too old: Python 3.9 or newer is needed.`;
      return { blocker: { what: 'python_too_old', message, hint } };
    }
    const [uv] = await this.programs.find('uv');
    return { python, from: 'the setting mlops.local.environment', uv, asItIs: true };
  }
}
