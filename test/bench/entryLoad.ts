import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/node24.mjs';
import { mustRun } from '../../scripts/lib/runCommand.mjs';
import { type Figure, figure } from './figure.ts';

/** Loads the editor's stand-in first, then takes the time of the entry with all that it imports. */
const load = `await import('vscode');
const before = performance.now();
await import(process.argv[1]);
console.log(performance.now() - before);`;

/** How long a fresh Node takes to load the entry of the extension as shipped. */
export async function entryLoad(extension: string, samples: number): Promise<Figure> {
  const entry = pathToFileURL(path.join(extension, 'dist', 'extension.mjs')).href;
  const setup = pathToFileURL(path.join(root, 'test', 'vscode', 'setup.ts')).href;
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const output = await mustRun(process.execPath, [
      ...['--import', setup, '--input-type=module', '--eval', load],
      entry,
    ]);
    times.push(Number(output.trim()));
  }
  return figure('entry module load', 'ms', times, { limit: 5 });
}
