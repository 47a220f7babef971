import { open, stat } from 'node:fs/promises';
import { unreadText } from '../../core/text/someNames.ts';
import { throwIfAborted } from '../../core/ports/mlopsError.ts';
import { isSample, type PipelineId, type PipelineSummary } from '../../core/domain/pipeline.ts';
import type { PipelineFile } from '../../core/pipelineSpec/readSpecification.ts';
import type { WorkspaceFile, WorkspaceFiles } from '../../core/ports/workspaceFiles.ts';
import { ifThere, readBytes } from '../node/files.ts';
import { decodeText, guessText } from './yaml/decodeText.ts';
import { claimsPipeline, readPipelineFile } from './readPipelineFile.ts';
import { largestFile } from './yaml/readYaml.ts';
import { BoundedReads } from './boundedReads.ts';
import { readNotebook } from './notebooks.ts';
import type { PythonFinder } from './python/pythonPipelines.ts';
import { type CatalogEntry, samplePrefix, pythonEntry, specEntry } from './entries.ts';
import { sampleFiles, type SampleFile } from './samples.ts';
import { withoutDoubles } from './withoutDoubles.ts';

export interface Catalog {
  readonly entries: readonly CatalogEntry[];
  readonly cut?: string;
}

export const yamlEndings = ['.yaml', '.yml'] as const;
export const jsonEndings = ['.json'] as const;
export const pythonEndings = ['.py'] as const;
export const notebookEndings = ['.ipynb'] as const;
const mostFiles = 3000;
const atOnce = 8;
const headBytes = 65_536;
/** Sorts `stage-2` before `stage-10`. */
const order = new Intl.Collator('en', { numeric: true });

/** Finds the pipelines of the workspace and the samples. Unchanged files are not read again. */
export class PipelineCatalog {
  readonly #files: WorkspaceFiles;
  readonly #finder: PythonFinder;
  readonly #samples: string;
  #last: ReadonlyMap<PipelineId, CatalogEntry> = new Map();
  readonly #reads = new BoundedReads((file) => this.#content(file.path));
  readonly #read = new Map<string, { readonly stamp: string; readonly content: PipelineFile }>();

  constructor(files: WorkspaceFiles, finder: PythonFinder, samples: string) {
    this.#files = files;
    this.#finder = finder;
    this.#samples = samples;
  }

  /** Every pipeline, by name, and the files that could not be read. */
  async all(signal: AbortSignal): Promise<Catalog> {
    const [yaml, json, python, notebooks, samples] = await Promise.all([
      this.#files.find(yamlEndings, mostFiles, signal),
      this.#files.find(jsonEndings, mostFiles, signal),
      this.#files.find(pythonEndings, mostFiles, signal),
      this.#files.find(notebookEndings, mostFiles, signal),
      sampleFiles(this.#samples),
    ]);
    const inWorkspace = new Set([...yaml.files, ...json.files, ...python.files].map((file) => file.path));
    const own = samples.filter((sample) => !inWorkspace.has(sample.path));
    const searched = await this.#finder.find([...python.files, ...own.filter(isPython)], signal);
    const unread: string[] = [];
    const specs = await this.#specs(
      [...yaml.files, ...json.files, ...notebooks.files, ...own.filter((sample) => !isPython(sample))],
      signal,
      unread,
    );
    const all = [...specs, ...searched.pipelines.map((pipeline) => pythonEntry(pipeline, own))];
    const entries = (await withoutDoubles(all)).toSorted((a, b) =>
      order.compare(sortKey(a.summary), sortKey(b.summary)),
    );
    this.#last = new Map(entries.map((entry) => [entry.summary.id, entry]));
    const kinds = [yaml.cut ? 'YAML' : '', json.cut ? 'JSON' : '', python.cut ? 'Python' : ''];
    const cuts = [
      ...kinds.filter((kind) => kind !== '').map(cutText),
      ...(searched.cut === undefined ? [] : [searched.cut]),
      unreadText([...unread, ...searched.unread]),
    ].filter((text) => text !== '');
    return cuts.length === 0 ? { entries } : { entries, cut: cuts.join(' ') };
  }

  /** The pipeline of an id as its file is now; searched for only where it is not known yet. */
  async one(id: PipelineId, signal: AbortSignal): Promise<CatalogEntry | undefined> {
    const known = this.#last.get(id);
    const again = known === undefined ? undefined : await this.#again(known, signal);
    return again ?? (await this.all(signal)).entries.find((entry) => entry.summary.id === id);
  }

  /** The last listed entry whose twin has this id. */
  twinOf(id: PipelineId): CatalogEntry | undefined {
    return [...this.#last.values()].find((entry) => entry.summary.twin?.id === id);
  }

  async #again({ summary, from }: CatalogEntry, signal: AbortSignal): Promise<CatalogEntry | undefined> {
    const { file: path, label } = summary.source;
    if (path === undefined || label === undefined || from.kind === 'problem') return undefined;
    const samples = isSample(summary.source)
      ? [{ path, label, sample: summary.id.slice(samplePrefix.length) }]
      : [];
    const file = samples[0] ?? { path, label };
    const entries =
      from.kind === 'python'
        ? (await this.#finder.find([file], signal)).pipelines.map((pipeline) =>
            pythonEntry(pipeline, samples),
          )
        : specEntry(file, await this.#reads.read(file, signal, []));
    const same = entries.find(
      (entry) => entry.summary.id === summary.id && entry.summary.name === summary.name,
    );
    const { twin } = summary;
    return same && twin ? { ...same, summary: { ...same.summary, twin } } : same;
  }

  async #specs(
    files: readonly (WorkspaceFile | SampleFile)[],
    signal: AbortSignal,
    unread: string[],
  ): Promise<readonly CatalogEntry[]> {
    const entries: CatalogEntry[] = [];
    for (let start = 0; start < files.length; start += atOnce) {
      throwIfAborted(signal);
      const group = files.slice(start, start + atOnce);
      const contents = await Promise.all(group.map((file) => this.#reads.read(file, signal, unread)));
      entries.push(...group.flatMap((file, index) => specEntry(file, contents[index])));
    }
    return entries;
  }

  async #content(path: string): Promise<PipelineFile | undefined> {
    const stats = await ifThere(stat(path));
    if (!stats?.isFile()) return undefined;
    const stamp = `${stats.mtimeMs}-${stats.size}`;
    const known = this.#read.get(path);
    if (known?.stamp === stamp) return known.content;
    const content = await readContent(path, stats.size);
    this.#read.set(path, { stamp, content });
    return content;
  }
}

/** A file that is too large is listed only when its beginning looks like a pipeline. */
async function tooLarge(path: string): Promise<PipelineFile> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    if (!claimsPipeline(guessText(buffer.subarray(0, bytesRead)))) return { kind: 'other' };
  } finally {
    await file.close();
  }
  const message = `The file is larger than ${largestFile / 1_000_000} MB and was not read.`;
  return { kind: 'problem', problem: { what: 'too_large', message } };
}

async function readContent(path: string, size: number): Promise<PipelineFile> {
  const bytes = size > largestFile ? undefined : await readBytes(path, largestFile);
  if (bytes === undefined) return tooLarge(path);
  const decoded = decodeText(bytes);
  if (path.endsWith('.ipynb')) return decoded.ok ? readNotebook(decoded.text) : { kind: 'other' };
  if (decoded.ok) return readPipelineFile(decoded.text);
  if (!claimsPipeline(decoded.guess)) return { kind: 'other' };
  const message = 'The file is neither UTF-8 nor UTF-16 with a byte order mark.';
  return { kind: 'problem', problem: { what: 'encoding', message, hint: 'Save it as UTF-8.' } };
}

/** The key that orders a list of pipelines and that a page's token refers to. */
export function sortKey(summary: PipelineSummary): string {
  return `${summary.name.toLowerCase()}\n${summary.id}`;
}

function isPython(file: WorkspaceFile): boolean {
  return file.path.endsWith('.py');
}

function cutText(kind: string): string {
  return `Only the first ${mostFiles} ${kind} files of the workspace were looked at.`;
}
