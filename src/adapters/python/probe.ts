import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { unlessAborted } from '../../core/ports/mlopsError.ts';
import type { Interpreter } from '../../core/ports/pythons.ts';
import { ifThere } from '../node/files.ts';
import type { Programs } from './programs.ts';

const probed = z.object({
  version: z.string(),
  executable: z.string(),
  venv: z.boolean(),
  ensurepip: z.boolean(),
  pip: z.union([z.string(), z.boolean(), z.null()]).transform((pip) => pip !== null && pip !== false),
  externallyManaged: z.boolean(),
  /** The version of its SDK; "" or null when it has none. */
  kfp: z
    .union([z.string(), z.boolean(), z.null()])
    .transform((kfp) => (typeof kfp === 'string' && kfp !== '' ? kfp : undefined)),
  platform: z.string(),
});

const deadlineMs = 20_000;

/** Probes interpreters and caches the answers until their files, or the trust in the workspace, change. */
export class PythonProbe {
  readonly #script: string;
  readonly #programs: Programs;
  readonly #known = new Map<string, Promise<Interpreter | undefined>>();

  constructor(runnerPackage: string, programs: Programs) {
    this.#programs = programs;
    this.#script = path.join(runnerPackage, 'probe_python.py');
  }

  /**
   * What the interpreter at an absolute path reports; undefined when there is none, it does not work, or it starts
   * another one that may not run. Throws forbidden when it may not run itself.
   */
  async look(interpreter: string, signal: AbortSignal): Promise<Interpreter | undefined> {
    const stats = await ifThere(stat(interpreter));
    if (!stats?.isFile()) return undefined;
    const key = `${interpreter}\n${stats.mtimeMs}\n${stats.size}\n${this.#programs.trusted}`;
    let asked = this.#known.get(key);
    if (!asked) {
      asked = this.#ask(interpreter);
      this.#known.set(key, asked);
      asked.catch(() => this.#known.delete(key));
    }
    const python = await unlessAborted(asked, signal);
    return python && (await this.#programs.mayRun(python.executable)) ? python : undefined;
  }

  /** Not cancelled with one caller, since others may wait for the same answer. */
  async #ask(interpreter: string): Promise<Interpreter | undefined> {
    const result = await this.#programs.look(
      {
        python: interpreter,
        script: this.#script,
        deadlineMs,
        what: `Looking at ${interpreter}`,
      },
      new AbortController().signal,
    );
    if (result.code !== 0) return undefined;
    try {
      return probed.parse(JSON.parse(result.stdout));
    } catch {
      return undefined; // something else that is called python
    }
  }
}
