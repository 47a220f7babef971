// Everything that can be said of the code without starting an editor, in under a minute.
//   npm run check [-- --only lint,unit] [--coverage]     npm run check:fix
import { join } from 'node:path';
import { checkFileLengths } from './check/fileLengths.mjs';
import { checkLicences } from './check/licences.mjs';
import { ruffPath } from './check/ruff.mjs';
import { run } from './check/run.mjs';
import { ensureDependencies, ensureNode24, root } from './node24.mjs';

await ensureNode24(import.meta.url);
await ensureDependencies();

const fix = process.argv.includes('--fix');
const only = argument('--only')?.split(',');

const steps = [
  { name: 'manifest', start: () => node('scripts/manifest.mjs', fix ? [] : ['--check']) },
  { name: 'format', start: () => tool('oxfmt', fix ? [] : ['--check']) },
  {
    name: 'lint',
    start: () => tool('oxlint', ['--type-aware', '--deny-warnings', ...(fix ? ['--fix'] : [])]),
  },
  { name: 'types', start: () => tool('typescript', ['-b'], 'tsc') },
  { name: 'python', start: checkPython },
  { name: 'lengths', start: () => checkFileLengths(root) },
  { name: 'licences', start: () => checkLicences(root) },
  { name: 'unit', start: () => tool('vitest', ['run', '--project', 'unit', ...coverage()]) },
];

const chosen = steps.filter(({ name }) => !only || only.includes(name));
let failed = 0;
for (const { name, start } of chosen) {
  const began = performance.now();
  const { ok, output } = await start();
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(5);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${seconds} s  ${name}`);
  if (ok && !process.argv.includes('--coverage')) continue;
  console.log(output.trimEnd());
  if (!ok) failed++;
}
if (failed > 0) {
  console.log(`${failed} of ${chosen.length} failed. npm run check:fix repairs what it can.`);
  process.exitCode = 1;
}

async function checkPython() {
  const ruff = await ruffPath();
  if (!ruff.ok) return ruff;
  const lint = await run(ruff.path, ['check', ...(fix ? ['--fix'] : []), '.']);
  const format = await run(ruff.path, ['format', ...(fix ? [] : ['--check']), '.']);
  return { ok: lint.ok && format.ok, output: `${lint.output}${format.output}` };
}

/**
 * Runs a package's own program under this Node.
 * @param {string} packageName
 * @param {readonly string[]} args
 * @param {string} [command] which of its programs
 */
function tool(packageName, args, command = packageName) {
  const found = join(root, 'node_modules', packageName, 'package.json');
  return import(`file://${found}`, { with: { type: 'json' } }).then(({ default: { bin } }) =>
    node(join('node_modules', packageName, typeof bin === 'string' ? bin : bin[command]), args),
  );
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 */
function node(script, args) {
  return run(process.execPath, [join(root, script), ...args]);
}

function coverage() {
  return process.argv.includes('--coverage') ? ['--coverage'] : [];
}

/** @param {string} name */
function argument(name) {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
}
