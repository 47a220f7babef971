import { isSample } from '../../core/domain/pipeline.ts';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { CatalogEntry } from './entries.ts';
import { changedAt } from './python/localImports.ts';

/** A clone or a copy writes a Python file and its compiled one, which are neighbours by name, at almost the same time. */
const sameTimeMs = 2_000;

/**
 * Leaves out what would be the same pipeline twice, so that its name is enough: a sample when the workspace has one of
 * that name, a Python file when it is compiled beside it, and the compiled one when the Python file, or a module that it imports, was
 * changed since. The one that stays knows the other one as its twin.
 */
export async function withoutDoubles(entries: readonly CatalogEntry[]): Promise<readonly CatalogEntry[]> {
  const own = new Set(
    entries.filter((entry) => !isSample(entry.summary.source)).map((entry) => entry.summary.name),
  );
  const kept = entries.filter((entry) => !isSample(entry.summary.source) || !own.has(entry.summary.name));
  const together = Map.groupBy(kept, (entry) => `${path.dirname(fileOf(entry))}\n${entry.summary.name}`);
  const groups = await Promise.all([...together.values()].map((group) => newestOf(group)));
  const byId = new Map(groups.flat().map((entry) => [entry.summary.id, entry]));
  return [...byId.values()];
}

/** Of entries with the same name in the same folder. */
async function newestOf(group: readonly CatalogEntry[]): Promise<readonly CatalogEntry[]> {
  const python = group.filter((entry) => entry.from.kind === 'python');
  const compiled = group.filter((entry) => entry.from.kind === 'spec');
  if (python.length === 0 || compiled.length === 0) return group;
  const times = new Map(
    await Promise.all(group.map(async (entry) => [entry, await modifiedAt(entry)] as const)),
  );
  const isNewer = (a: CatalogEntry, b: CatalogEntry) =>
    (times.get(a) ?? 0) > (times.get(b) ?? 0) + sameTimeMs;
  const kept = group.filter((entry) => {
    if (entry.from.kind === 'python') return compiled.every((one) => isNewer(entry, one));
    return !python.some((one) => stem(one) === stem(entry) && isNewer(one, entry));
  });
  const left = group.filter((entry) => !kept.includes(entry));
  return kept.map((entry) => withTwin(entry, left));
}

function withTwin(entry: CatalogEntry, left: readonly CatalogEntry[]): CatalogEntry {
  const others = left.filter((other) => other.from.kind !== entry.from.kind);
  const twin = others.find((other) => stem(other) === stem(entry)) ?? others[0];
  if (twin === undefined) return entry;
  const { id, source } = twin.summary;
  return { ...entry, summary: { ...entry.summary, twin: { id, source } } };
}

async function modifiedAt(entry: CatalogEntry): Promise<number> {
  if (entry.from.kind === 'python') return changedAt(fileOf(entry));
  return (await stat(fileOf(entry)).catch(() => undefined))?.mtimeMs ?? 0;
}

function fileOf(entry: CatalogEntry): string {
  return entry.summary.source.file ?? '';
}

function stem(entry: CatalogEntry): string {
  return path.basename(fileOf(entry)).replace(/\.[a-z]+$/, '');
}
