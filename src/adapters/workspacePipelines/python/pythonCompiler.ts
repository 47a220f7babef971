import path from 'node:path';
import type { Specification } from '../../../core/pipelineSpec/readSpecification.ts';
import type { MlopsError } from '../../../core/ports/mlopsError.ts';
import type { CompilerEnvironment } from '../../../core/ports/pipelineCompiler.ts';
import type { Pythons } from '../../../core/ports/pythons.ts';
import { compilePython, type CompileWith, type PythonSource } from './compilePython.ts';
import { areSame, type Reads } from './reads.ts';

const mostKept = 50;

interface Kept {
  readonly specification: Specification;
  readonly read: Reads;
}

type Interpreter = Pick<CompileWith, 'python' | 'lock'>;

/** What Python files are compiled with. */
export interface CompilerContext {
  readonly pythons: Pythons;
  readonly environment: CompilerEnvironment;
  /** Absolute path of `resources/python/mlops_runner`. */
  readonly scripts: string;
  /** Variables that compiling gets in addition to the short list. */
  readonly passEnvironment: () => readonly string[];
}

/** Compiles Python pipelines with any interpreter that has the SDK, and caches each result until something it read changes. */
export class PythonCompiler {
  readonly #context: CompilerContext;
  readonly #kept = new Map<string, Kept>();

  constructor(context: CompilerContext) {
    this.#context = context;
  }

  /**
   * The compiled pipeline; undefined when nothing on this machine has the SDK (then `install` makes it possible). `onRead` is
   * called with what each attempt read. Throws invalid with file and line when the file cannot be compiled
   */
  async compile(
    source: PythonSource,
    onRead: (read: Reads) => void,
    signal: AbortSignal,
  ): Promise<Specification | undefined> {
    const kept = this.#kept.get(keyOf(source));
    if (kept && (await areSame(kept.read.reads))) return kept.specification;
    let missing: MlopsError | undefined;
    for await (const interpreter of this.#interpreters(signal)) {
      const script = path.join(this.#context.scripts, 'compile_pipeline.py');
      const how = { ...interpreter, script, env: this.#context.passEnvironment() };
      const result = await compilePython(source, how, signal);
      onRead(result.read);
      if (result.kind === 'spec') return this.#keep(source, result);
      if (result.kind === 'wrong') throw result.error;
      missing ??= result.error;
    }
    if (missing && (await this.#context.environment.isInstalled(signal))) throw missing;
    return undefined;
  }

  /** Drops results that may be stale, since it is not fully known what compiling them read. */
  forgetUnknown(file: string): void {
    for (const [key, { read }] of this.#kept)
      if (read.unknown !== undefined && key.startsWith(`${file}\n`)) this.#kept.delete(key);
  }

  /** True when something on this machine has the SDK. */
  async isPossible(signal: AbortSignal): Promise<boolean> {
    for await (const interpreter of this.#interpreters(signal)) return interpreter.python !== '';
    return false;
  }

  /**
   * Interpreters that have the SDK: the one for environments, then the environment made for compiling, then any other: asking
   * each of a machine for its SDK takes a while.
   */
  async *#interpreters(signal: AbortSignal): AsyncGenerator<Interpreter> {
    const { pythons, environment } = this.#context;
    const base = await pythons.base(signal);
    if (!('blocker' in base)) {
      if (base.python.kfp !== undefined) yield { python: base.python.executable };
      const own = await environment.interpreter(signal);
      if (own !== undefined) yield own;
    }
    for await (const { python } of pythons.working(signal)) {
      const asked = !('blocker' in base) && python.executable === base.python.executable;
      if (!asked && python.kfp !== undefined) yield { python: python.executable };
    }
  }

  #keep(source: PythonSource, kept: Kept): Specification {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= mostKept && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(keyOf(source), { specification: kept.specification, read: kept.read });
    return kept.specification;
  }
}

function keyOf(source: PythonSource): string {
  return `${source.file}\n${source.function}\n${source.root ?? ''}`;
}
