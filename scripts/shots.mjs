// npm run shots -- DIR [NAME]: makes the pictures of the UI tests again, each state in each theme, into DIR; with NAME
// those of the test files whose name holds it. Fails when a test fails.
import fs from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './lib/ensureBuilt.mjs';
import { runCommand } from './lib/runCommand.mjs';
import { ensureDependencies, ensureNode24, root } from './node24.mjs';

const [folder, name, ...rest] = process.argv.slice(2);

await ensureNode24(import.meta.url);
await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main() {
  if (folder === undefined || folder.startsWith('-') || rest.length > 0)
    throw new Error(
      'npm run shots -- DIR [NAME]: DIR takes the pictures, NAME is part of a test file’s name.',
    );
  await ensureDependencies();
  await ensureBuilt();
  const target = path.resolve(folder);
  fs.mkdirSync(target, { recursive: true });
  const before = modified(target);
  const report = path.join(root, 'test-results', 'shots.json');
  const cli = path.join('node_modules', 'vitest', 'vitest.mjs');
  const files = name === undefined ? [] : [`test/editor/ui/${name}`];
  const { code, output } = await runCommand(process.execPath, [cli, 'run', '--project', 'ui', ...files], {
    cwd: root,
    env: { ...process.env, MLOPS_SHOTS_DIR: target, MLOPS_TEST_REPORT: report, NO_COLOR: '1' },
  });
  if (code !== 0) console.log(output.trimEnd());
  const made = [...modified(target)].filter(([file, time]) => before.get(file) !== time);
  console.log(`${made.length} pictures in ${target}${code === 0 ? '' : '; a test failed'}`);
  if (code !== 0 || made.length === 0) process.exitCode = 1;
}

/** When each picture was written. */
function modified(target) {
  const pictures = fs.readdirSync(target).filter((file) => file.endsWith('.png'));
  return new Map(pictures.map((file) => [file, fs.statSync(path.join(target, file)).mtimeMs]));
}
