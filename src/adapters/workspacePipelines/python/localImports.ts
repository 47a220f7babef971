import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

const mostModules = 50;
const largestFile = 1_000_000;
const importLine = /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+\(?([\w \t,]*)|import[ \t]+([\w., \t]+))/gm;

/** A Python file and the existing modules beside it that its import lines name. */
export async function localImports(file: string): Promise<readonly string[]> {
  return [...(await stamps(file)).keys()];
}

/** When a Python file, or a module beside it that it imports, was last changed: milliseconds since 1970, 0 when it is gone. */
export async function changedAt(file: string): Promise<number> {
  return Math.max(0, ...(await stamps(file)).values());
}

/** When each of the files was last changed: milliseconds since 1970. */
async function stamps(file: string): Promise<ReadonlyMap<string, number>> {
  const modifiedAt = new Map<string, number>();
  const seen = new Set<string>();
  const next = [file];
  while (next.length > 0 && seen.size < mostModules) {
    const current = next.pop() ?? '';
    if (seen.has(current)) continue;
    seen.add(current);
    const stats = await stat(current).catch(() => undefined);
    if (!stats?.isFile()) continue;
    modifiedAt.set(current, stats.mtimeMs);
    if (stats.size > largestFile) continue;
    next.push(...importsOf(await readFile(current, 'utf8').catch(() => ''), current, path.dirname(file)));
  }
  return modifiedAt;
}

/** Where the modules may be that a file imports: in the folder of the pipeline, or relative to the file. */
function importsOf(source: string, file: string, folder: string): readonly string[] {
  return [...source.matchAll(importLine)].flatMap(([, from, names = '', modules = '']) => {
    if (from === undefined) return words(modules).flatMap((module) => filesOf(folder, module));
    const dots = /^\.*/.exec(from)?.[0].length ?? 0;
    const start = dots === 0 ? folder : path.resolve(path.dirname(file), ...Array(dots - 1).fill('..'));
    const module = from.slice(dots);
    const inside = words(names).map((name) => (module === '' ? name : `${module}.${name}`));
    return [...(module === '' ? [] : [module]), ...inside].flatMap((one) => filesOf(start, one));
  });
}

/** `a as b, c` names a and c. */
function words(list: string): readonly string[] {
  return list.split(',').flatMap((one) => one.trim().split(/\s+/)[0] || []);
}

function filesOf(folder: string, module: string): readonly string[] {
  const place = path.join(folder, ...module.split('.'));
  return [`${place}.py`, path.join(place, '__init__.py')];
}
