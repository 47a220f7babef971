import fs from 'node:fs';
import path from 'node:path';
import { build } from '../../esbuild.config.mjs';
import { root, workFolder } from '../../scripts/node24.mjs';

const parts = ['package.json', 'package.nls.json', 'media', 'resources'];

/** The extension as it is shipped, in a folder of its own, so that a build for work in `dist` is left alone. */
export async function extensionBuild(name: string, entry?: string): Promise<string> {
  const folder = path.join(workFolder, 'bench', name);
  fs.mkdirSync(folder, { recursive: true });
  for (const part of parts) {
    fs.rmSync(path.join(folder, part), { recursive: true, force: true });
    fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  }
  const outdir = path.join(folder, 'dist');
  await build({ production: true, outdir, ...(entry === undefined ? {} : { entry }) });
  return folder;
}
