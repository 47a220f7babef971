import path from 'node:path';
import type { ApprovalStore, CompileApproval } from '../../../core/ports/compileApprovals.ts';
import { own } from '../../../core/domain/own.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import {
  allReads,
  compiledReads,
  decodeRecords,
  encodeRecords,
  folderOf,
  noRecords,
  withFile,
  withFolder,
  type FileYes,
  type FolderYes,
  type Records,
} from './approvalRecords.ts';
import { localImports } from '../python/localImports.ts';
import { areSame, asTheyAre, contentOf, isBelow, type Read, type Reads } from '../python/reads.ts';

/** A function of a Python file. */
export interface FunctionInFile {
  readonly file: string;
  readonly function: string;
}

export interface ApprovalsOptions {
  readonly store: ApprovalStore;
  readonly clock: Clock;
  trusted(): boolean;
  /** The files that importing a file runs, itself among them, as far as its syntax tree says. */
  importsOf(file: string, signal: AbortSignal): Promise<readonly string[]>;
  /** True when something here can compile: what a file imports is then known in full right after the approval. */
  canCompile(signal: AbortSignal): Promise<boolean>;
  /** True for files of the extension, and for untouched copies of them. */
  isSample(file: string): Promise<boolean>;
}

/** How long a file may be compiled after an approval while it is unknown what compiling it reads, in milliseconds. */
const unknownForMs = 3_600_000;
/** Within this time of a yes, what the file imports is what it was. */
const justNowMs = 10_000;

/** The approvals of people by content: of a file, and of all that compiling it read. */
export class Approvals {
  readonly #options: ApprovalsOptions;
  readonly #listeners = new Set<() => void>();
  /** When each file was last approved in this session. */
  readonly #given = new Map<string, number>();
  #records: Records | undefined;

  constructor(options: ApprovalsOptions) {
    this.#options = options;
  }

  /** True when this content may be compiled. */
  async allows({ file, function: name }: FunctionInFile, signal: AbortSignal): Promise<boolean> {
    if (!this.#options.trusted()) return false;
    if (await this.#options.isSample(file)) return true;
    const yes = this.#all.files.get(file);
    if (yes && Object.hasOwn(yes.compiled, name)) return this.#holds(yes, compiledReads(yes));
    if (yes && !(await this.#holds(yes, allReads(yes)))) return false;
    if (yes && this.#sinceYes(file) < justNowMs) return true;
    const folder = folderOf(this.#all, file);
    if (yes === undefined && folder === undefined) return false;
    return this.#covers(await this.#options.importsOf(file, signal), yes, folder);
  }

  /**
   * Adds what compiling read to the approval. Throws conflict when the content that ran is not what was
   * approved, since it changed in between.
   */
  record({ file, function: name }: FunctionInFile, read: Reads): void {
    const before = this.#all.files.get(file) ?? this.#newIn(file);
    // A compilation that ended before it read the file proves nothing about it.
    if (before === undefined || !read.reads.some((one) => isContentOf(one, file))) return;
    const agreed = new Map(Object.entries(folderOf(this.#all, file)?.files ?? {}));
    for (const earlier of allReads(before))
      if (earlier.kind === 'content') agreed.set(earlier.path, earlier.state ?? '');
    const changed = read.reads.find((one) => isOther(one, agreed.get(one.path)));
    if (changed !== undefined) throw changedMeanwhile(changed.path);
    const compiled = { ...before.compiled, [name]: { ...read, reads: [...read.reads] } };
    this.#keep(withFile(this.#all, { ...before, compiled }));
  }

  /** Approves a file as it is now. */
  async approve(file: string, signal: AbortSignal): Promise<void> {
    if (await this.#options.isSample(file)) return;
    await this.#approve(file, signal);
    this.#given.set(file, this.#options.clock.now());
    this.#tell();
  }

  async #approve(file: string, signal: AbortSignal): Promise<void> {
    const before = this.#all.files.get(file);
    const compiled = before !== undefined && Object.keys(before.compiled).length > 0;
    if (compiled && (await areSame(compiledReads(before)))) return;
    const known = before ? allReads(before).flatMap((one) => (one.kind === 'content' ? [one.path] : [])) : [];
    const folder = folderOf(this.#all, file);
    const files = new Set([...(compiled ? [file] : await this.#importsNow(file, folder, signal)), ...known]);
    const imports = [...(await asTheyAre([...files].map(contentOf)))];
    const records = folder ? withFolder(this.#all, withStates(folder, imports)) : this.#all;
    this.#keep(withFile(records, { path: file, at: this.#options.clock.now(), imports, compiled: {} }));
  }

  /** What a file imports when it is approved: its import lines are enough where compiling soon tells the rest. */
  async #importsNow(
    file: string,
    folder: FolderYes | undefined,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const tells = folder === undefined && (await this.#options.canCompile(signal));
    return tells ? localImports(file) : this.#options.importsOf(file, signal);
  }

  /** Approves these Python files of a folder, and what the person saves there. */
  async approveFolder(folder: string, python: readonly string[]): Promise<void> {
    const yes = { path: folder, at: this.#options.clock.now(), files: {} };
    const states = await asTheyAre(python.filter((file) => isBelow(file, folder)).map(contentOf));
    const files = new Map<string, FileYes>();
    for (const [file, one] of this.#all.files)
      if (!isBelow(file, folder) || (await areSame(allReads(one)))) files.set(file, one);
    this.#keep(withFolder({ ...this.#all, files }, withStates(yes, states)));
    this.#tell();
  }

  /** The Python files that compiling a function ran, or any function of the file. */
  ranBy(file: string, name?: string): readonly string[] {
    const compiled = this.#all.files.get(file)?.compiled ?? {};
    const pipeline = name === undefined ? undefined : own(compiled, name);
    const reads =
      pipeline === undefined ? Object.values(compiled).flatMap((all) => all.reads) : pipeline.reads;
    const python = reads.filter((read) => read.kind === 'content' && read.path.endsWith('.py'));
    return [...new Set(python.map((read) => read.path))];
  }

  list(): readonly CompileApproval[] {
    const { files, folders } = this.#all;
    const alone = [...files.values()].filter(({ path: file }) => folderOf(this.#all, file) === undefined);
    const row = (scope: 'file' | 'folder') => (yes: FileYes | FolderYes) => ({
      id: `${scope}:${yes.path}`,
      scope,
      path: yes.path,
      at: yes.at,
    });
    return [...alone.map(row('file')), ...[...folders.values()].map(row('folder'))].toSorted(
      (a, b) => b.at - a.at,
    );
  }

  revoke(ids: readonly string[]): void {
    const { files, folders } = this.#all;
    const gone = [...folders.keys()].filter((folder) => ids.includes(`folder:${folder}`));
    const ended = (file: string) =>
      ids.includes(`file:${file}`) || gone.some((folder) => isBelow(file, folder));
    this.#keep({
      files: new Map([...files].filter(([file]) => !ended(file))),
      folders: new Map([...folders].filter(([folder]) => !gone.includes(folder))),
    });
    this.#tell();
  }

  /** Notes the content on disk before the person saves: the yes of the folder continues only from that content. */
  async saving(file: string): Promise<() => Promise<void>> {
    const folder = folderOf(this.#all, file);
    if (folder === undefined || !this.#options.trusted()) return async () => undefined;
    const [now] = await asTheyAre([contentOf(file)]);
    const continues = file.endsWith('.py') && (folder.files[file] ?? null) === (now?.state ?? null);
    const readers: string[] = [];
    for (const yes of this.#all.files.values())
      if (isBelow(yes.path, folder.path) && concerns(yes, file) && (await areSame(allReads(yes))))
        readers.push(yes.path);
    return () => this.#saved(file, continues ? folder.path : undefined, readers);
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #saved(file: string, folder: string | undefined, readers: readonly string[]): Promise<void> {
    let records = this.#all;
    const approved = folder === undefined ? undefined : records.folders.get(folder);
    if (approved) records = withFolder(records, withStates(approved, await asTheyAre([contentOf(file)])));
    for (const reader of readers) {
      const yes = records.files.get(reader);
      if (yes === undefined) continue;
      const others = allReads(yes).filter((one) => !touches(one, file));
      const touched = await asTheyAre(allReads(yes).filter((one) => touches(one, file)));
      records = withFile(records, { ...yes, imports: [...others, ...touched], compiled: {} });
    }
    this.#keep(records);
  }

  /** True while everything that was read is unchanged; where that is unknown, only shortly after the approval. */
  async #holds(yes: FileYes, reads: readonly Read[]): Promise<boolean> {
    const unknown = Object.values(yes.compiled).some((one) => one.unknown !== undefined);
    return unknown && this.#sinceYes(yes.path) > unknownForMs ? false : areSame(reads);
  }

  #sinceYes(file: string): number {
    return this.#options.clock.now() - (this.#given.get(file) ?? Number.NEGATIVE_INFINITY);
  }

  /** True when each file has the content that was approved. */
  async #covers(
    files: readonly string[],
    yes: FileYes | undefined,
    folder: FolderYes | undefined,
  ): Promise<boolean> {
    const known = new Set(
      yes ? allReads(yes).flatMap((one) => (one.kind === 'content' ? [one.path] : [])) : [],
    );
    const others = files.filter((file) => !known.has(file));
    const states = await asTheyAre(others.map(contentOf));
    return states.every((state) => state.state !== null && own(folder?.files, state.path) === state.state);
  }

  /** A file that is compiled because its folder is approved. */
  #newIn(file: string): FileYes | undefined {
    if (folderOf(this.#all, file) === undefined) return undefined;
    return { path: file, at: this.#options.clock.now(), imports: [], compiled: {} };
  }

  get #all(): Records {
    if (!this.#options.trusted()) this.#keep(noRecords);
    return (this.#records ??= decodeRecords(this.#options.store.read()));
  }

  #keep(records: Records): void {
    const none = records.files.size === 0 && records.folders.size === 0;
    if (none && this.#records?.files.size === 0 && this.#records.folders.size === 0) return;
    this.#records = records;
    this.#options.store.write(none ? undefined : encodeRecords(records));
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function withStates(folder: FolderYes, states: readonly Read[]): FolderYes {
  const below = states.filter((one) => one.path.endsWith('.py') && isBelow(one.path, folder.path));
  const entries = below.flatMap(({ path: file, state }) => (state === null ? [] : [[file, state] as const]));
  return { ...folder, files: { ...folder.files, ...Object.fromEntries(entries) } };
}

/** True when saving a file changes a read: the file itself, or the names in its folder. */
function touches(read: Read, file: string): boolean {
  return (
    read.path === file ||
    (read.path === path.dirname(file) && (read.kind === 'names' || read.kind === 'modules'))
  );
}

function concerns(yes: FileYes, file: string): boolean {
  return allReads(yes).some((one) => touches(one, file));
}

/** True for Python that ran and differs from what was approved. */
function isOther(read: Read, agreed: string | undefined): boolean {
  return (
    read.kind === 'content' &&
    read.path.endsWith('.py') &&
    agreed !== undefined &&
    agreed !== (read.state ?? '')
  );
}

function changedMeanwhile(file: string): MlopsError {
  return new MlopsError('conflict', `${path.basename(file)} changed while it was compiled.`, {
    hint: 'Try again.',
  });
}

function isContentOf(read: Read, file: string): boolean {
  return read.kind === 'content' && read.path === file;
}
