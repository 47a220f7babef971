import { open, readFile, stat } from 'node:fs/promises';
import type { PipelineId, PipelineSource, PipelineSummary } from '../../../core/domain/pipeline.ts';
import type { WorkspaceFile, WorkspaceFiles } from '../../../core/ports/workspaceFiles.ts';
import { ifThere, throwIfAborted } from '../fileErrors.ts';
import { claimsPipeline, readPipelineFile } from '../spec/readPipelineFile.ts';
import type { PipelineFile, SpecFile } from '../spec/readPipelineFile.ts';
import { LARGEST_FILE } from '../spec/readYaml.ts';
import type { PythonFinder, PythonPipeline } from './pythonPipelines.ts';
import { sampleFiles } from './samples.ts';
import { withoutDoubles } from './withoutDoubles.ts';
import type { SampleFile } from './samples.ts';

/** A pipeline of the catalog: what a list shows, and how to get at the rest. */
export interface CatalogEntry {
  readonly summary: PipelineSummary;
  readonly from:
    | { readonly kind: 'spec'; readonly file: SpecFile }
    | { readonly kind: 'python'; readonly file: string; readonly function: string }
    | { readonly kind: 'problem' };
}

export interface Catalog {
  readonly entries: readonly CatalogEntry[];
  readonly cut?: string;
}

export const YAML_ENDINGS = ['.yaml', '.yml', '.json'] as const;
export const PYTHON_ENDINGS = ['.py'] as const;
const MOST_FILES = 3000;
const AT_ONCE = 8;
const HEAD_BYTES = 65_536;
/** Finds the pipelines of the workspace and the samples. Files that did not change are not read again. */
export class PipelineCatalog {
  readonly #files: WorkspaceFiles;
  readonly #finder: PythonFinder;
  readonly #samples: string;
  readonly #read = new Map<string, { readonly stamp: string; readonly content: PipelineFile }>();

  constructor(files: WorkspaceFiles, finder: PythonFinder, samples: string) {
    this.#files = files;
    this.#finder = finder;
    this.#samples = samples;
  }

  /** Every pipeline there is, by name, and what could not be looked at. */
  async all(signal: AbortSignal): Promise<Catalog> {
    const [yaml, python, samples] = await Promise.all([
      this.#files.find(YAML_ENDINGS, MOST_FILES, signal),
      this.#files.find(PYTHON_ENDINGS, MOST_FILES, signal),
      sampleFiles(this.#samples),
    ]);
    const inWorkspace = new Set([...yaml.files, ...python.files].map((file) => file.path));
    const own = samples.filter((sample) => !inWorkspace.has(sample.path));
    const found = await this.#finder.find([...python.files, ...own.filter(isPython)], signal);
    const specs = await this.#specs([...yaml.files, ...own.filter((sample) => !isPython(sample))], signal);
    const all = [...specs, ...found.pipelines.map((one) => pythonEntry(one, own))];
    const entries = (await withoutDoubles(all)).toSorted((a, b) =>
      sortKey(a.summary) < sortKey(b.summary) ? -1 : 1,
    );
    const cuts = [cutText(yaml.cut, 'YAML and JSON'), cutText(python.cut, 'Python'), found.cut].filter(
      (cut) => cut !== undefined,
    );
    return cuts.length === 0 ? { entries } : { entries, cut: cuts.join(' ') };
  }

  async #specs(
    files: readonly (WorkspaceFile | SampleFile)[],
    signal: AbortSignal,
  ): Promise<readonly CatalogEntry[]> {
    const entries: CatalogEntry[] = [];
    for (let at = 0; at < files.length; at += AT_ONCE) {
      throwIfAborted(signal);
      const group = files.slice(at, at + AT_ONCE);
      const contents = await Promise.all(group.map((file) => this.#content(file.path)));
      entries.push(...group.flatMap((file, index) => specEntry(file, contents[index])));
    }
    return entries;
  }

  async #content(path: string): Promise<PipelineFile | undefined> {
    const found = await ifThere(stat(path));
    if (!found?.isFile()) return undefined;
    const stamp = `${found.mtimeMs}-${found.size}`;
    const known = this.#read.get(path);
    if (known?.stamp === stamp) return known.content;
    const content = found.size > LARGEST_FILE ? await tooLarge(path) : readPipelineFile(await readText(path));
    this.#read.set(path, { stamp, content });
    return content;
  }
}

/** A file that is too large is named only when its beginning says that it is a pipeline. */
async function tooLarge(path: string): Promise<PipelineFile> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    if (!claimsPipeline(buffer.toString('utf8', 0, bytesRead))) return { kind: 'other' };
  } finally {
    await file.close();
  }
  const message = `The file is larger than ${LARGEST_FILE / 1_000_000} MB and was not read.`;
  return { kind: 'problem', problem: { what: 'too_large', message } };
}

async function readText(path: string): Promise<string> {
  return (await ifThere(readFile(path, 'utf8'))) ?? '';
}

function specEntry(
  file: WorkspaceFile | SampleFile,
  content: PipelineFile | undefined,
): readonly CatalogEntry[] {
  if (!content || content.kind === 'other') return [];
  const sample = 'sample' in file ? file.sample : undefined;
  const line = content.kind === 'pipeline' ? content.file.line : content.problem.line;
  const source: PipelineSource = {
    kind: sample === undefined ? 'yaml' : 'sample',
    file: file.path,
    label: file.label,
    ...(line === undefined ? {} : { line }),
  };
  const id = (sample === undefined ? file.label : `sample:${sample}`) as PipelineId;
  if (content.kind === 'problem') {
    const { name, ...problem } = content.problem;
    return [
      { summary: { id, name: name ?? baseName(file.label), source, problem }, from: { kind: 'problem' } },
    ];
  }
  const { name, displayName, description } = content.file.spec.pipelineInfo;
  const summary: PipelineSummary = {
    id,
    name,
    source,
    ...(displayName === undefined ? {} : { displayName }),
    ...(description === undefined ? {} : { description }),
  };
  return [{ summary, from: { kind: 'spec', file: content.file } }];
}

function pythonEntry(found: PythonPipeline, samples: readonly SampleFile[]): CatalogEntry {
  const sample = samples.find((one) => one.path === found.file.path);
  const source: PipelineSource = {
    kind: sample ? 'sample' : 'python',
    file: found.file.path,
    label: found.file.label,
    line: found.line,
  };
  const id = (
    sample
      ? `sample:${sample.sample}`
      : `${found.file.label}${found.function === '' ? '' : `:${found.function}`}`
  ) as PipelineId;
  const summary: PipelineSummary = {
    id,
    name: found.name,
    source,
    ...(found.description === undefined ? {} : { description: found.description }),
    ...(found.problem === undefined ? {} : { problem: found.problem }),
  };
  const from = { kind: 'python', file: found.file.path, function: found.function } as const;
  return { summary, from: found.problem ? { kind: 'problem' } : from };
}

/** The order of pipelines in a list. */
export function sortKey(summary: PipelineSummary): string {
  return `${summary.name.toLowerCase()}\n${summary.id}`;
}

function isPython(file: WorkspaceFile): boolean {
  return file.path.endsWith('.py');
}

function baseName(label: string): string {
  return (label.split(/[\\/]/).at(-1) ?? label).replace(/\.(ya?ml|json)$/, '');
}

function cutText(cut: boolean, kind: string): string | undefined {
  return cut ? `Only the first ${MOST_FILES} ${kind} files of the workspace were looked at.` : undefined;
}
