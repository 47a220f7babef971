import * as z from 'zod';
import type { Json } from '../../../core/domain/json.ts';
import { isBelow, read, type Read } from '../python/reads.ts';

const compiled = z.object({ reads: z.array(read), unknown: z.string().optional() });

/** The approval of a file: what it imports by its syntax tree, or read before, and what compiling each function read. */
const fileYes = z.object({
  path: z.string(),
  at: z.number(),
  imports: z.array(read),
  compiled: z.record(z.string(), compiled),
});
export type FileYes = z.infer<typeof fileYes>;

/** The approval of a folder: its Python files with their states. */
const folderYes = z.object({ path: z.string(), at: z.number(), files: z.record(z.string(), z.string()) });
export type FolderYes = z.infer<typeof folderYes>;

const records = z.object({ files: z.array(fileYes), folders: z.array(folderYes) });

/** All approvals of a workspace. */
export interface Records {
  readonly files: ReadonlyMap<string, FileYes>;
  readonly folders: ReadonlyMap<string, FolderYes>;
}

export const noRecords: Records = { files: new Map(), folders: new Map() };
const mostFiles = 100;

/** The stored approvals; none when they cannot be read. */
export function decodeRecords(kept: Json | undefined): Records {
  const decoded = records.safeParse(kept);
  if (!decoded.success) return noRecords;
  const byPath = <T extends { readonly path: string }>(list: readonly T[]) =>
    new Map(list.map((one) => [one.path, one]));
  return { files: byPath(decoded.data.files), folders: byPath(decoded.data.folders) };
}

/** The newest approvals, to be stored. */
export function encodeRecords({ files, folders }: Records): Json {
  const newest = [...files.values()].toSorted((a, b) => b.at - a.at).slice(0, mostFiles);
  return JSON.parse(JSON.stringify({ files: newest, folders: [...folders.values()] })) as Json;
}

/** Everything that compiling any function of a file read. */
export function compiledReads(yes: FileYes): readonly Read[] {
  return Object.values(yes.compiled).flatMap(({ reads }) => reads);
}

/** Everything whose change ends an approval before the file is compiled. */
export function allReads(yes: FileYes): readonly Read[] {
  return [...compiledReads(yes), ...yes.imports];
}

/** The nearest approved folder around a file. */
export function folderOf({ folders }: Records, file: string): FolderYes | undefined {
  const around = [...folders.values()].filter(({ path }) => isBelow(file, path));
  return around.toSorted((a, b) => b.path.length - a.path.length)[0];
}

/** Adds the approval of a file, in place of an earlier one. */
export function withFile(records: Records, yes: FileYes): Records {
  return { ...records, files: new Map(records.files).set(yes.path, yes) };
}

export function withFolder(records: Records, yes: FolderYes): Records {
  return { ...records, folders: new Map(records.folders).set(yes.path, yes) };
}
