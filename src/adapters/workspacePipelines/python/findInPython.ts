import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { hiddenPipelines } from '../../../core/domain/pipeline.ts';
import type { Log } from '../../../core/ports/log.ts';
import { messageOf, throwIfAborted, unlessAborted } from '../../../core/ports/mlopsError.ts';
import type { WorkspaceFile } from '../../../core/ports/workspaceFiles.ts';
import { ifThere, readBounded } from '../../node/files.ts';
import type { Pythons } from '../../../core/ports/pythons.ts';
import { BoundedReads } from '../boundedReads.ts';
import type { FoundPipelines, PythonFinder, PythonPipeline } from './pythonPipelines.ts';

const foundFile = z.object({
  file: z.string(),
  pipelines: z.array(
    z.object({ function: z.string(), name: z.string(), description: z.string().nullish(), line: z.number() }),
  ),
  problem: z.object({ kind: z.string(), message: z.string(), line: z.number().nullish() }).nullish(),
});
const answer = z.object({ files: z.array(foundFile) });
type FoundFile = z.infer<typeof foundFile>;
type Problem = NonNullable<FoundFile['problem']>;

const largestFile = 1024 * 1024;
const deadlineMs = 60_000;
const atOnce = 16;

interface Changed {
  readonly file: WorkspaceFile;
  readonly stamp: string;
}

/** Finds pipelines in Python files by their syntax tree, in one child process for all files that changed. */
export class FindInPython implements PythonFinder {
  readonly #pythons: Pythons;
  readonly #script: string;
  readonly #log: Log;
  readonly #known = new Map<string, { readonly stamp: string; readonly found: FoundFile | undefined }>();
  readonly #reads = new BoundedReads((file) => this.#changedFile(file));
  /** What Python reads at present, by file and stamp. */
  readonly #asked = new Map<string, Promise<string | undefined>>();
  #trusted: boolean | undefined;

  constructor(pythons: Pythons, scripts: string, log: Log) {
    this.#pythons = pythons;
    this.#script = path.join(scripts, 'find_pipelines.py');
    this.#log = log;
  }

  async find(files: readonly WorkspaceFile[], signal: AbortSignal): Promise<FoundPipelines> {
    this.#forgetOtherTrust();
    const unread: string[] = [];
    const changed = await this.#changed(files, signal, unread);
    const cut = await unlessAborted(this.#answers(changed), signal);
    const pipelines = files.flatMap((file) => toPipelines(file, this.#known.get(file.path)?.found));
    return cut === undefined ? { pipelines, unread } : { pipelines, unread, cut };
  }

  /** Trust in the workspace may change the Python that reads, and what it can read. */
  #forgetOtherTrust(): void {
    const { trusted } = this.#pythons;
    if (trusted !== this.#trusted) {
      this.#known.clear();
      this.#asked.clear();
    }
    this.#trusted = trusted;
  }

  /** Files that mention kfp and were not read in their present state. */
  async #changed(
    files: readonly WorkspaceFile[],
    signal: AbortSignal,
    unread: string[],
  ): Promise<readonly Changed[]> {
    const changed: Changed[] = [];
    for (let start = 0; start < files.length; start += atOnce) {
      throwIfAborted(signal);
      const some = files.slice(start, start + atOnce);
      const group = await Promise.all(some.map((file) => this.#reads.read(file, signal, unread)));
      changed.push(...group.filter((one) => one !== undefined));
    }
    return changed;
  }

  async #changedFile(file: WorkspaceFile): Promise<Changed | undefined> {
    const stats = await ifThere(stat(file.path));
    const stamp = stats ? `${stats.mtimeMs}-${stats.size}` : '';
    if (this.#known.get(file.path)?.stamp === stamp) return undefined;
    this.#known.delete(file.path);
    const text = await readBounded(file.path, largestFile);
    if (text?.includes('kfp') && text.includes('pipeline')) return { file, stamp };
    this.#known.set(file.path, { stamp, found: undefined });
    return undefined;
  }

  /**
   * Waits until the files are read; several lists at once (the tree, the lenses and a command after a save) share the reading,
   * which one that is cancelled does not end. Says why when a file could not be read.
   */
  async #answers(changed: readonly Changed[]): Promise<string | undefined> {
    const key = ({ file, stamp }: Changed) => `${file.path}\n${stamp}`;
    const fresh = changed.filter((one) => !this.#asked.has(key(one)));
    if (fresh.length > 0) {
      const asking = this.#ask(fresh);
      for (const one of fresh) this.#asked.set(key(one), asking);
      const forget = () => fresh.forEach((one) => this.#asked.delete(key(one)));
      void asking.then(forget, forget);
    }
    const answers = await Promise.all(changed.map(async (one) => this.#asked.get(key(one))));
    return answers.find((cut) => cut !== undefined);
  }

  /** Reads the files; says why when that is not possible. */
  async #ask(changed: readonly Changed[]): Promise<string | undefined> {
    const signal = AbortSignal.timeout(deadlineMs);
    const python = await this.#python(signal);
    if (python === undefined) {
      const outside = this.#pythons.trusted ? '' : ' outside the workspace, which is in Restricted Mode';
      return `Python files were not searched for pipelines: no Python 3.9 or newer was found${outside}.`;
    }
    try {
      const result = await this.#pythons.look(
        {
          python,
          script: this.#script,
          stdin: JSON.stringify(changed.map(({ file }) => file.path)),
          deadlineMs,
          what: 'Searching Python files for pipelines',
        },
        signal,
      );
      if (result.code !== 0) throw new Error(result.stderr.trim().split('\n').at(-1) ?? 'no answer');
      this.#keep(changed, answer.parse(JSON.parse(result.stdout)).files);
      return undefined;
    } catch (error) {
      const why = messageOf(error);
      this.#log.warn(`Python files were not searched: ${why}`);
      return `Python files were not searched for pipelines: ${why}`;
    }
  }

  #keep(changed: readonly Changed[], files: readonly FoundFile[]): void {
    const byPath = new Map(files.map((one) => [one.file, one]));
    for (const { file, stamp } of changed)
      this.#known.set(file.path, { stamp, found: byPath.get(file.path) });
  }

  async #python(signal: AbortSignal): Promise<string | undefined> {
    for await (const { python } of this.#pythons.working(signal)) return python.executable;
    return undefined;
  }
}

function toPipelines(file: WorkspaceFile, found: FoundFile | undefined): readonly PythonPipeline[] {
  if (!found) return [];
  const problem = found.problem ? problemOf(found.problem) : undefined;
  if (problem !== undefined) {
    const { line } = problem;
    return [{ file, function: '', name: path.basename(file.path, '.py'), line: line ?? 1, problem }];
  }
  return found.pipelines.map(({ function: function_, name, description, line }) => ({
    file,
    function: function_,
    name,
    line,
    ...(description ? { description } : {}),
  }));
}

/** Why the pipelines of a file cannot be used; undefined where the file has none. */
function problemOf({ kind, message, line }: Problem): PythonPipeline['problem'] {
  const place = line ? { line } : {};
  if (kind === 'syntax')
    return { what: 'syntax', message: `Python cannot read the file: ${message}.`, ...place };
  if (kind !== 'inFunction') return undefined;
  return {
    what: hiddenPipelines,
    message: `It makes its pipelines in ${message}, and an import of the file gives none of them.`,
    hint: `Give one a name at the end of the file, as train = ${message}(…), and it can be run.`,
    ...place,
  };
}
