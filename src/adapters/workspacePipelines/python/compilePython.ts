import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import type { Remark } from '../../../core/domain/pipeline.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { asOnTerminal } from '../../../core/text/terminalText.ts';
import { runChild, taskEnvironment, type ChildResult } from '../../node/childProcess.ts';
import { ifThere } from '../../node/files.ts';
import { inOrder } from '../../../core/pipelineSpec/parameters.ts';
import { readPipelineFile } from '../readPipelineFile.ts';
import type { Specification } from '../../../core/pipelineSpec/readSpecification.ts';
import { isBelow, read, type Reads } from './reads.ts';

/** A pipeline function of a Python file. */
export interface PythonSource {
  readonly file: string;
  readonly function: string;
  /** The file as people name it. */
  readonly label: string;
  /** The workspace folder that it belongs to: imports and relative paths start there. */
  readonly root?: string | undefined;
}

const deadlineMs = 60_000;
const answer = z.object({
  ok: z.boolean(),
  type: z.string().nullish(),
  message: z.string().nullish(),
  line: z.number().nullish(),
  file: z.string().nullish(),
  hint: z.string().nullish(),
  parameters: z.array(z.string()).optional(),
  reads: z.array(read),
  unknown: z.string().nullish(),
  notes: z.array(z.object({ message: z.string(), line: z.number().nullish(), file: z.string().nullish() })),
});
type Answer = z.infer<typeof answer>;

/** `missing`: a package is missing, which another interpreter may have. `lacksFile`: a path does not exist. */
type Result =
  | { readonly kind: 'spec'; readonly specification: Specification }
  | { readonly kind: 'missing' | 'wrong'; readonly error: MlopsError; readonly lacksFile?: boolean };
export type CompileOutcome = Result & { readonly read: Reads };

export interface CompileWith {
  readonly python: string;
  /** Locked while it compiles, where the interpreter is in an environment that could be removed. */
  readonly lock?: string;
  /** Path of compile_pipeline.py. */
  readonly script: string;
  readonly env: readonly string[];
}

/**
 * Compiles a pipeline in a child process, which imports the file: only for approved files. It runs in the root of
 * the workspace folder, or in the file's own folder where it misses a file in the first.
 */
export async function compilePython(
  source: PythonSource,
  how: CompileWith,
  signal: AbortSignal,
): Promise<CompileOutcome> {
  const own = path.dirname(source.file);
  const first = await compileIn(source.root ?? own, source, how, signal);
  if (first.kind !== 'wrong' || !first.lacksFile || (source.root ?? own) === own) return first;
  const second = await compileIn(own, source, how, signal);
  const read = { ...second.read, reads: [...first.read.reads, ...second.read.reads] };
  return second.kind === 'spec' ? { ...second, read } : { ...first, read };
}

async function compileIn(
  place: string,
  source: PythonSource,
  how: CompileWith,
  signal: AbortSignal,
): Promise<CompileOutcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mlops-compile-'));
  try {
    const out = path.join(folder, 'pipeline.json');
    const { file, function: name, root } = source;
    const request = {
      command: how.python,
      arguments: [how.script, file, name, out, how.lock ?? '', root ?? ''],
      env: taskEnvironment(how.env),
      folder: place,
      deadlineMs,
      what: `Compiling ${source.label}`,
    };
    const result = await runChild(request, signal);
    const answer = readAnswer(result.stdout);
    if (!answer) return silent(source, result);
    const { reads, unknown } = answer;
    const compiled = answer.ok ? await readCompiled(source, answer, out) : failed(source, answer);
    return { ...compiled, read: unknown ? { reads, unknown } : { reads } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The error for a file that ended the process before it could answer. */
function silent(source: PythonSource, { stderr, signal, code }: ChildResult): CompileOutcome {
  const last = asOnTerminal(stderr.trim().split('\n').at(-1) ?? '');
  return {
    kind: 'wrong',
    read: { reads: [], unknown: 'it ended the process by itself' },
    error: new MlopsError('invalid', `${source.label} could not be compiled:`, {
      outside: signal ? crashed(signal) : last || `exit code ${code}`,
    }),
  };
}

/** A file that ends the process by a signal leaves no message. */
function crashed(signal: string): string {
  return `Python was ended by ${signal} while it imported the file.`;
}

function readAnswer(stdout: string): Answer | undefined {
  try {
    return answer.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  } catch {
    return undefined; // the file ended the process by itself
  }
}

/** The compiler writes settings of a platform only as YAML. */
async function readCompiled(source: PythonSource, answer: Answer, out: string): Promise<Result> {
  const written = (await ifThere(readFile(out, 'utf8'))) ?? readFile(yamlBeside(out), 'utf8');
  const document = readPipelineFile(await written);
  if (document.kind === 'pipeline') {
    const spec = inOrder(document.specification.spec, answer.parameters ?? []);
    return {
      kind: 'spec',
      specification: { ...document.specification, spec, remarks: leftOut(source, answer) },
    };
  }
  const why = document.kind === 'problem' ? document.problem.message : 'the result is no pipeline';
  return {
    kind: 'wrong',
    error: new MlopsError('invalid', `${source.label} was compiled, but`, { outside: why }),
  };
}

function yamlBeside(out: string): string {
  return out.replace(/\.json$/, '.yaml');
}

/** Remarks on what the file does beyond its definitions, which was left out. */
function leftOut(source: PythonSource, { notes }: Answer): readonly Remark[] {
  return notes.map((note) => ({
    what: 'not_carried_out',
    everywhere: true,
    message: `${placeOf(source, note)}: ${note.message}`,
  }));
}

/** "steps/score.py, line 3", as people name the file. */
function placeOf(source: PythonSource, { file, line }: Pick<Answer, 'file' | 'line'>): string {
  if (!line) return source.label;
  const base = source.root ?? path.dirname(source.file);
  const other =
    file && file !== source.file && isBelow(file, base) ? path.relative(base, file) : source.label;
  return `${other}, line ${line}`;
}

/** Exceptions whose text is written by us. */
const ownExceptions: ReadonlySet<string> = new Set(['NotCarriedOut', 'SystemExit', 'WrongCall']);

function failed(source: PythonSource, answer: Answer): Result {
  const type = ownExceptions.has(answer.type ?? '') ? '' : `${answer.type ?? 'Error'}: `;
  const error = new MlopsError('invalid', `${placeOf(source, answer)}:`, {
    outside: `${type}${answer.message ?? ''}`,
    hint: answer.hint ?? undefined,
    place: { file: answer.file ?? source.file, ...(answer.line ? { line: answer.line } : {}) },
  });
  const missing = answer.type === 'ModuleNotFoundError' || answer.type === 'ImportError';
  return { kind: missing ? 'missing' : 'wrong', error, lacksFile: answer.type === 'FileNotFoundError' };
}
