import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { readBounded } from '../../node/files.ts';

const largestMarker = 4_000_000;
const names = z.array(z.string()).nullish();
const marker = z.object({ requirements: names, noDeps: names });

/** True when an environment was built completely and has its interpreter and, where it was requested, kfp. */
export async function isWhole(folder: string): Promise<boolean> {
  try {
    const text = await readBounded(path.join(folder, 'mlops-ready.json'), largestMarker);
    if (text === undefined) return false;
    const { requirements, noDeps } = marker.parse(JSON.parse(text));
    const asked = [...(requirements ?? []), ...(noDeps ?? [])];
    const wantsKfp = asked.some((name) => /^kfp(?![\w-])/.test(name));
    return (await hasPython(folder)) && (!wantsKfp || (await hasKfp(folder)));
  } catch {
    return false;
  }
}

/** True when its packages exclude each other, so that each set of them has its own environment. */
export async function wasTakenApart(folder: string): Promise<boolean> {
  return isFile(`${folder}.apart`);
}

async function hasPython(folder: string): Promise<boolean> {
  const inside = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  return isFile(path.join(folder, ...inside));
}

async function hasKfp(folder: string): Promise<boolean> {
  const libraries =
    process.platform === 'win32'
      ? [path.join(folder, 'Lib')]
      : (await readdir(path.join(folder, 'lib'))).map((name) => path.join(folder, 'lib', name));
  const present = await Promise.all(
    libraries.map((library) => isFile(path.join(library, 'site-packages', 'kfp', 'dsl', 'executor.py'))),
  );
  return present.includes(true);
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() ?? false;
}
