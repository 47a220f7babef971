// npm run kfp:replay -- DIR: plays recorded exchanges with a Kubeflow Pipelines server against the stand-in and prints what differs.
import path from 'node:path';
import { ensureDependencies, ensureNode24 } from './node24.mjs';

await ensureNode24(import.meta.url);
await main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

/** @param {readonly string[]} folders */
async function main(folders) {
  const [folder, ...more] = folders;
  if (folder === undefined || more.length > 0) throw new Error('Which folder? npm run kfp:replay -- DIR');
  await ensureDependencies();
  const { replayFolder } = await import('../test/servers/kfp/replay.ts');
  const { exchanges, differences } = await replayFolder(path.resolve(folder));
  for (const difference of differences) console.log(difference);
  console.log(`${exchanges - differences.length} of ${exchanges} exchanges as recorded`);
  if (differences.length > 0 || exchanges === 0) process.exitCode = 1;
}
