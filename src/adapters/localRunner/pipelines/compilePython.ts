import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { runChild, shortEnvironment } from '../childProcess.ts';
import { ifThere } from '../fileErrors.ts';
import { readPipelineFile } from '../spec/readPipelineFile.ts';
import type { SpecFile } from '../spec/readPipelineFile.ts';

/** A pipeline function of a Python file. */
export interface PythonSource {
  readonly file: string;
  readonly function: string;
  /** The file as people name it. */
  readonly label: string;
}

const DEADLINE_MS = 60_000;
const answer = z.object({
  ok: z.boolean(),
  type: z.string().nullish(),
  message: z.string().nullish(),
  line: z.number().nullish(),
  file: z.string().nullish(),
  hint: z.string().nullish(),
});
type Answer = z.infer<typeof answer>;

/** `missing` is an error that another interpreter may not have: a package is not there. */
export type Compiled =
  | { readonly kind: 'spec'; readonly file: SpecFile }
  | { readonly kind: 'missing' | 'wrong'; readonly error: MlopsError };

export interface CompileWith {
  readonly python: string;
  /** Held as long as it compiles, where the interpreter is of an environment that could be removed. */
  readonly lock?: string;
  /** Path of compile_pipeline.py. */
  readonly script: string;
  readonly env: readonly string[];
}

/** Compiles a pipeline in a child process. The file is imported there: only for files that are trusted. */
export async function compilePython(
  source: PythonSource,
  how: CompileWith,
  signal: AbortSignal,
): Promise<Compiled> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mlops-compile-'));
  try {
    const out = path.join(folder, 'pipeline.json');
    const request = {
      command: how.python,
      arguments: [how.script, source.file, source.function, out, ...(how.lock ? [how.lock] : [])],
      env: shortEnvironment(how.env),
      folder: path.dirname(source.file),
      deadlineMs: DEADLINE_MS,
      what: `Compiling ${source.label}`,
    };
    const result = await runChild(request, signal);
    const said = readAnswer(result.stdout);
    if (!said) {
      const last = result.stderr.trim().split('\n').at(-1) ?? '';
      return {
        kind: 'wrong',
        error: new MlopsError('invalid', `${source.label} could not be compiled:`, {
          outside: last || `exit code ${result.code}`,
        }),
      };
    }
    return said.ok ? await readCompiled(source, out) : failed(source, said);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readAnswer(stdout: string): Answer | undefined {
  try {
    return answer.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  } catch {
    return undefined; // the file ended the process by itself
  }
}

async function readCompiled(source: PythonSource, out: string): Promise<Compiled> {
  const found = readPipelineFile(await readFile(out, 'utf8'));
  if (found.kind === 'pipeline') return { kind: 'spec', file: found.file };
  const why = found.kind === 'problem' ? found.problem.message : 'the result is no pipeline';
  return {
    kind: 'wrong',
    error: new MlopsError('invalid', `${source.label} was compiled, but`, { outside: why }),
  };
}

function failed(source: PythonSource, said: Answer): Compiled {
  const beside = said.file ? path.relative(path.dirname(source.file), said.file) : '';
  const where =
    beside === '' || beside === path.basename(source.file) || beside.startsWith('..') ? source.label : beside;
  const place = said.line ? `${where}, line ${said.line}` : source.label;
  const error = new MlopsError('invalid', `${place}:`, {
    outside: `${said.type ?? 'Error'}: ${said.message ?? ''}`,
    hint: said.hint ?? undefined,
    place: { file: said.file ?? source.file, ...(said.line ? { line: said.line } : {}) },
  });
  return { kind: said.type === 'ModuleNotFoundError' ? 'missing' : 'wrong', error };
}

/** Changes when the file, or a Python file beside it that it may import, changes. */
export async function sourceKey(source: PythonSource): Promise<string> {
  const folder = path.dirname(source.file);
  const names = ((await ifThere(readdir(folder))) ?? []).filter((name) => name.endsWith('.py')).toSorted();
  const stamps = await Promise.all(
    names.map(async (name) => {
      const found = await ifThere(stat(path.join(folder, name)));
      return `${name} ${found?.mtimeMs} ${found?.size}`;
    }),
  );
  const text = (await ifThere(readFile(source.file, 'utf8'))) ?? '';
  return createHash('sha256')
    .update(JSON.stringify([source.file, source.function, stamps, text]))
    .digest('hex');
}
