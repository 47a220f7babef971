import path from 'node:path';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import type { Home } from '../home.ts';
import type { LocalRunnerOptions } from '../options.ts';
import { buildCompiler, compilerPython } from '../python/compilerEnvironment.ts';
import { isNewEnough } from '../python/findPython.ts';
import type { Pythons } from '../python/pythons.ts';
import type { SpecFile } from '../spec/readPipelineFile.ts';
import { compilePython, sourceKey } from './compilePython.ts';
import type { CompileWith, PythonSource } from './compilePython.ts';

const MOST_KEPT = 50;

type Interpreter = Pick<CompileWith, 'python' | 'lock'>;

/** Compiles Python pipelines with whichever interpreter has the SDK, and remembers the results by content. */
export class PythonCompiler {
  readonly #options: LocalRunnerOptions;
  readonly #home: Home;
  readonly #pythons: Pythons;
  readonly #compiled = new Map<string, SpecFile>();

  constructor(options: LocalRunnerOptions, home: Home, pythons: Pythons) {
    this.#options = options;
    this.#home = home;
    this.#pythons = pythons;
  }

  /**
   * The compiled pipeline; undefined when nothing on this machine has the SDK (then `install` makes it possible).
   * Throws invalid with file and line when the file cannot be compiled, forbidden in Restricted Mode.
   */
  async compile(source: PythonSource, signal: AbortSignal): Promise<SpecFile | undefined> {
    if (!this.#options.files.trusted()) throw untrusted(source);
    const key = await sourceKey(source);
    const known = this.#compiled.get(key);
    if (known) return known;
    let missing: MlopsError | undefined;
    for await (const interpreter of this.#interpreters(signal)) {
      const script = path.join(this.#options.runnerPackage, 'compile_pipeline.py');
      const how = { ...interpreter, script, env: this.#options.settings().passEnvironment };
      const result = await compilePython(source, how, signal);
      if (result.kind === 'spec') return this.#keep(key, result.file);
      if (result.kind === 'wrong') throw result.error;
      missing ??= result.error;
    }
    if (missing && (await this.isInstalled(signal))) throw missing;
    return undefined;
  }

  /** True when the environment that compiles is there. */
  async isInstalled(signal: AbortSignal): Promise<boolean> {
    const base = await this.#pythons.base(signal);
    return (
      !('blocker' in base) && (await compilerPython(base, this.#home, this.#pipArguments())) !== undefined
    );
  }

  /** Makes the environment that compiles: what a person agreed to before. */
  async install(signal: AbortSignal): Promise<void> {
    const base = await this.#pythons.base(signal);
    if ('blocker' in base)
      throw new MlopsError('unsupported', base.blocker.message, { hint: base.blocker.hint });
    const { clock, runnerPackage } = this.#options;
    await buildCompiler(
      base,
      { home: this.#home, clock, runnerPackage, pipArguments: this.#pipArguments() },
      signal,
    );
  }

  /**
   * Interpreters that have the SDK: the one for environments, then the environment made for compiling, then any other: asking
   * each of a machine for its SDK takes a while.
   */
  async *#interpreters(signal: AbortSignal): AsyncGenerator<Interpreter> {
    const base = await this.#pythons.base(signal);
    if (!('blocker' in base)) {
      if (base.python.kfp !== undefined) yield { python: base.python.executable };
      const own = await compilerPython(base, this.#home, this.#pipArguments());
      if (own !== undefined) yield own;
    }
    for await (const { python } of this.#pythons.working(signal)) {
      const asked = !('blocker' in base) && python.executable === base.python.executable;
      if (!asked && python.kfp !== undefined && isNewEnough(python.version))
        yield { python: python.executable };
    }
  }

  #pipArguments(): readonly string[] {
    return this.#options.settings().pipArguments ?? [];
  }

  #keep(key: string, file: SpecFile): SpecFile {
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size >= MOST_KEPT && oldest !== undefined) this.#compiled.delete(oldest);
    this.#compiled.set(key, file);
    return file;
  }
}

function untrusted(source: PythonSource): MlopsError {
  const hint = 'Trust the workspace (Manage Workspace Trust), then try again.';
  return new MlopsError(
    'forbidden',
    `${source.label} has to be compiled, and nothing of a workspace in Restricted Mode is run.`,
    { hint },
  );
}
