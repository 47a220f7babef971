// Writes the parts of package.json that come from the core's tables: the tools, the participant's slash commands and
// the settings, with their strings in package.nls.json and those of them that need trust. No other byte of package.json changes.
//   npm run manifest [-- --check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { replaceJsonValue } from './manifest/jsonText.mjs';
import { ensureDependencies, ensureNode24, root } from './node24.mjs';

await ensureNode24(import.meta.url);
await ensureDependencies();
// It imports TypeScript, which takes Node 24.
const { contributionsOf, ownedPrefixes } = await import('./manifest/contributions.mjs');

const check = process.argv.includes('--check');
const rootArgument = process.argv.indexOf('--root'); // another folder, for tests
const folder = rootArgument < 0 ? root : resolve(process.argv[rootArgument + 1] ?? root);

const { values, strings } = contributionsOf({
  extension: extensionId(),
  tools: (await table('src/core/tools/table.ts')).tools,
  settings: (await table('src/core/settings.ts')).settings,
});

const stale = [
  update('package.json', (text) =>
    values.reduce((now, { path, value }) => replaceJsonValue(now, path, value), text),
  ),
  update('package.nls.json', withStrings),
].filter((name) => name !== undefined);

if (check && stale.length > 0) {
  console.error(`${stale.join(' and ')} differ from the tables in src/core: run npm run manifest.`);
  process.exit(1);
}
if (stale.length > 0) console.log(`Wrote ${stale.join(' and ')}.`);

function extensionId() {
  const { publisher, name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `${publisher}.${name}`;
}

async function table(path) {
  const file = join(folder, path);
  if (!existsSync(file)) throw new Error(`${path} is missing: the manifest is made from it.`);
  return import(pathToFileURL(file).href);
}

/** The name of the file if its text changed. */
function update(name, change) {
  const file = join(folder, name);
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) return undefined;
  if (!check) writeFileSync(file, after);
  return name;
}

/** The hand-written strings as they are, then the generated ones. */
function withStrings(text) {
  const byHand = Object.entries(JSON.parse(text)).filter(
    ([key]) => !ownedPrefixes.some((start) => key.startsWith(start)),
  );
  return `${JSON.stringify({ ...Object.fromEntries(byHand), ...strings }, null, 2)}\n`;
}
