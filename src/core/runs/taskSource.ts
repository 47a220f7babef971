import type { PipelineSource } from '../domain/pipeline.ts';
import { pythonFileOf } from '../domain/pipelineVariant.ts';
import type { NamedRun, Run, TaskRun } from '../domain/run.ts';
import { simpleName } from '../domain/sameWords.ts';
import { isCancelled } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import type { NamedSourceFiles } from '../ports/sourceFiles.ts';
import { pythonFunctions, type PythonFunction } from '../text/pythonFunctions.ts';

/** The code of a task's component. Lines count from 1. */
export interface Code {
  readonly lines: readonly string[];
  /** The first and the last line of the function. */
  readonly from: number;
  readonly to: number;
  /** The line of its `def`. */
  readonly def: number;
}

/** The same in a file of the person's. */
export interface FileCode extends Code {
  readonly file: string;
  /** The file as people name it. */
  readonly label: string;
  /** True when the function is the one that ran. */
  readonly asRan: boolean;
}

/** The code of a task: as it ran, where that is kept, and as it is now, where its file is known. */
export interface TaskCode {
  readonly ran?: Code & { readonly run: NamedRun };
  readonly now?: FileCode;
}

/** What the code of a task is looked for by. */
export interface AskedTask {
  readonly pipeline: Run['pipeline'];
  /** The task as the pipeline names it. */
  readonly name: string;
  /** The task in a run, where there is one. */
  readonly ran?: { readonly run: Run; readonly task: TaskRun };
}

/** Finds the code of a task in what ran and in the person's own files: those that the pipeline imports, its own, those beside it, the workspace. */
export async function taskCode(
  asked: AskedTask,
  backend: PipelineBackend,
  files: NamedSourceFiles | undefined,
  signal: AbortSignal,
): Promise<TaskCode> {
  const { pipeline, name, ran } = asked;
  const text = ran === undefined ? undefined : await ranText(ran, backend, signal);
  const part = text === undefined ? undefined : codeIn(text.source, name);
  const now =
    files === undefined
      ? undefined
      : await inFiles(part ?? { name, body: undefined }, pipeline.source, backend, files, signal);
  return {
    ...(text === undefined || part === undefined ? {} : { ran: { ...part.code, run: text.run } }),
    ...(now === undefined ? {} : { now }),
  };
}

interface Ran {
  readonly source: string;
  readonly run: NamedRun;
}

/** The source of a task as it ran, in the run that its results are from. */
async function ranText(
  { run, task }: { readonly run: Run; readonly task: TaskRun },
  backend: PipelineBackend,
  signal: AbortSignal,
): Promise<Ran | undefined> {
  const { id, label } = task.cachedFrom ?? run;
  const source = await lookedUp(async () => backend.readSource?.(id, task.path, signal));
  return source === undefined ? undefined : { source, run: { id, label } };
}

interface Wanted {
  readonly name: string;
  /** The lines of the function that ran; undefined where they are unknown. */
  readonly body: string | undefined;
}

/** The function of a task in the source that ran: the one of its name, else the last one. */
function codeIn(text: string, name: string): (Wanted & { readonly code: Code }) | undefined {
  const outer = pythonFunctions(text).filter(({ around }) => around.length === 0);
  const found = outer.findLast((candidate) => isFunctionOf(candidate.name, name)) ?? outer.at(-1);
  const code = { lines: linesOf(text), from: 1, to: linesOf(text).length, def: 1 };
  if (found === undefined) return { name, body: undefined, code };
  return {
    name: found.name,
    body: bodyOf(text, found),
    code: { ...code, from: found.top + 1, to: found.end + 1, def: found.line + 1 },
  };
}

/** Kubeflow names the second task of a component `train-2`. */
const isFunctionOf = (functionName: string, task: string) =>
  [simpleName(task), simpleName(task).replace(/-\d+$/, '')].includes(simpleName(functionName));

async function inFiles(
  wanted: Wanted,
  source: PipelineSource | undefined,
  backend: PipelineBackend,
  files: NamedSourceFiles,
  signal: AbortSignal,
): Promise<FileCode | undefined> {
  let other: FileCode | undefined;
  for (const tier of tiersOf(source, backend, files)) {
    for (const file of new Set(await tier())) {
      signal.throwIfAborted();
      const label = source?.file === file ? (source.label ?? files.label(file)) : files.label(file);
      const found = inText(await files.text(file), wanted);
      if (found === undefined) continue;
      if (found.asRan) return { ...found, file, label };
      other ??= { ...found, file, label };
    }
    // Without what ran nothing tells a file elsewhere from another one with such a function.
    if (other !== undefined && wanted.body === undefined) return other;
  }
  return other;
}

type Tier = () => Promise<readonly string[]>;

function tiersOf(
  source: PipelineSource | undefined,
  backend: PipelineBackend,
  files: NamedSourceFiles,
): readonly Tier[] {
  if (source?.file === undefined) return [() => files.python()];
  const own = pythonFileOf(source.file);
  return [
    async () => (await lookedUp(async () => backend.importedFiles?.(source))) ?? [],
    async () => [own],
    () => files.pythonIn(own.replace(/[\\/][^\\/]*$/, '')),
    () => files.python(),
  ];
}

function inText(text: string | undefined, wanted: Wanted): (Code & { readonly asRan: boolean }) | undefined {
  if (text === undefined) return undefined;
  const named = pythonFunctions(text).filter(
    ({ name, around }) => around.length === 0 && isFunctionOf(name, wanted.name),
  );
  const same = named.find((candidate) => bodyOf(text, candidate) === wanted.body);
  const found = same ?? named.at(-1);
  if (found === undefined) return undefined;
  const code = { from: found.top + 1, to: found.end + 1, def: found.line + 1 };
  return { ...code, lines: linesOf(text), asRan: same !== undefined };
}

/** The lines below a function's `def`, however far they are indented. */
function bodyOf(text: string, { line, end }: PythonFunction): string {
  const lines = linesOf(text).slice(line, end + 1);
  return lines
    .map((bodyLine) => bodyLine.trim())
    .filter((bodyLine) => bodyLine !== '')
    .join('\n');
}

const linesOf = (text: string) => text.replace(/\n$/, '').split(/\r?\n/);

/** The result of a read that helps but may fail. */
async function lookedUp<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isCancelled(error)) throw error;
    return undefined;
  }
}
