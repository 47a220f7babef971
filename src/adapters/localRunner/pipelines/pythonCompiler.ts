import path from 'node:path';
import { inRestrictedMode, MlopsError } from '../../../core/ports/mlopsError.ts';
import type { Home } from '../home.ts';
import type { LocalRunnerOptions } from '../options.ts';
import { buildCompiler, compilerPython } from '../environments/compilerEnvironment.ts';
import type { Pythons } from '../../../core/ports/pythons.ts';
import type { Specification } from '../../../core/pipelineSpec/readSpecification.ts';
import { compilePython } from './compilePython.ts';
import type { CompileWith, PythonSource } from './compilePython.ts';
import { areSame } from './reads.ts';
import type { Reads } from './reads.ts';

const MOST_KEPT = 50;

interface Kept {
  readonly specification: Specification;
  readonly read: Reads;
}

type Interpreter = Pick<CompileWith, 'python' | 'lock'>;

/** Compiles Python pipelines with whichever interpreter has the SDK, and keeps each result while all that was read is the same. */
export class PythonCompiler {
  readonly #options: LocalRunnerOptions;
  readonly #home: Home;
  readonly #pythons: Pythons;
  readonly #kept = new Map<string, Kept>();

  constructor(options: LocalRunnerOptions, home: Home, pythons: Pythons) {
    this.#options = options;
    this.#home = home;
    this.#pythons = pythons;
  }

  /**
   * The compiled pipeline; undefined when nothing on this machine has the SDK (then `install` makes it possible). `told` hears
   * what each attempt read. Throws invalid with file and line when the file cannot be compiled
   */
  async compile(
    source: PythonSource,
    told: (read: Reads) => void,
    signal: AbortSignal,
  ): Promise<Specification | undefined> {
    const kept = this.#kept.get(keyOf(source));
    if (kept && (await areSame(kept.read.reads))) return kept.specification;
    let missing: MlopsError | undefined;
    for await (const interpreter of this.#interpreters(signal)) {
      const script = path.join(this.#options.runnerPackage, 'compile_pipeline.py');
      const how = { ...interpreter, script, env: this.#options.settings().passEnvironment };
      const result = await compilePython(source, how, signal);
      told(result.read);
      if (result.kind === 'spec') return this.#keep(source, result);
      if (result.kind === 'wrong') throw result.error;
      missing ??= result.error;
    }
    if (missing && (await this.isInstalled(signal))) throw missing;
    return undefined;
  }

  /** Lets go of results that may not be all that the file says now: what compiling it read is not known in full. */
  forgetUnknown(file: string): void {
    for (const [key, { read }] of this.#kept)
      if (read.unknown !== undefined && key.startsWith(`${file}\n`)) this.#kept.delete(key);
  }

  /** True when something on this machine has the SDK. */
  async isPossible(signal: AbortSignal): Promise<boolean> {
    for await (const interpreter of this.#interpreters(signal)) return interpreter.python !== '';
    return false;
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
      if (!asked && python.kfp !== undefined) yield { python: python.executable };
    }
  }

  #pipArguments(): readonly string[] {
    return this.#options.settings().pipArguments ?? [];
  }

  #keep(source: PythonSource, kept: Kept): Specification {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(keyOf(source), { specification: kept.specification, read: kept.read });
    return kept.specification;
  }
}

function keyOf(source: PythonSource): string {
  return `${source.file}\n${source.function}\n${source.root ?? ''}`;
}

/** What is said about a file that would have to be compiled in Restricted Mode. */
export function notTrusted(label: string): MlopsError {
  return inRestrictedMode(
    `${label} has to be compiled, and nothing of a workspace in Restricted Mode is run.`,
  );
}
