// npm run kfp:diagnose -- FILE…: plays lives of runs and prints what "describe run" and the diagnosis say of them.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureDependencies, ensureNode24 } from './node24.mjs';

await ensureNode24(import.meta.url);
await main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

/** @param {readonly string[]} files */
async function main(files) {
  if (files.length === 0) throw new Error('Which files? npm run kfp:diagnose -- FILE…');
  await ensureDependencies();
  const { diagnoseLife } = await import('../test/servers/kfp/diagnosis/diagnoseLife.ts');
  for (const file of files) {
    try {
      const life = JSON.parse(await readFile(path.resolve(file), 'utf8'));
      const moments = await diagnoseLife(life);
      if (moments.length === 0) throw new Error('it has no moment with a workflow');
      for (const { at, state, described, text } of moments) {
        console.log(`##### ${life.life ?? path.basename(file)} after ${at} s: ${state}\n`);
        console.log(`--- describe run\n\n${described}\n\n--- diagnosis\n\n${text}\n`);
      }
    } catch (error) {
      console.error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
}
