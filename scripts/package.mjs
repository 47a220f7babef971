// Makes mlops-chat-<version>.vsix: production build, licences, list of files, size.
//   npm run package
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { build } from '../esbuild.config.mjs';
import { run } from './check/run.mjs';
import { ensureDependencies, ensureNode24, root, workFolder } from './node24.mjs';
import { bundledPackages, loadedAtActivation } from './package/bundle.mjs';
import { thirdPartyNotices } from './package/notices.mjs';

const MAX_VSIX_BYTES = 3_000_000;
const MAX_ENTRY_BYTES = 200_000;
/** What is shipped, whole. */
const SHIPPED = [
  'package.json',
  'package.nls.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'ThirdPartyNotices.txt',
  'dist',
  'media',
  'resources/python/mlops_runner',
  'resources/samples',
  'resources/docs',
  'resources/skills',
];
/** Every file of the VSIX matches one of these. */
const ALLOWED = [
  /^(package(\.nls)?\.json|README\.md|CHANGELOG\.md|LICENSE|ThirdPartyNotices\.txt)$/,
  /^dist\/(extension|(later|chunks)\/[\w./-]+)\.mjs$/,
  /^dist\/webviews\/[\w./-]+\.(js|css|ttf)$/,
  /^media\/[\w./-]+\.(svg|png|md)$/,
  /^resources\/python\/mlops_runner\/[\w/]+\.py$/,
  /^resources\/samples\/[\w./-]+\.(py|yaml|md)$/,
  /^resources\/(docs|skills)\/[\w./-]+\.md$/,
];

await ensureNode24(import.meta.url);
await ensureDependencies();

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const metafile = await build({ production: true });
const { bytes: entryBytes } = loadedAtActivation(metafile);
mustHold(
  entryBytes <= MAX_ENTRY_BYTES,
  `Activation loads ${kilobytes(entryBytes)}, more than ${kilobytes(MAX_ENTRY_BYTES)}.`,
);

// The icons are copied, not bundled.
const packages = [...bundledPackages(metafile), 'node_modules/@vscode/codicons'].sort();
writeFileSync(join(root, 'ThirdPartyNotices.txt'), thirdPartyNotices(root, packages));

// vsce looks at everything below its folder, also at what is not shipped; a folder with what is shipped and no more takes it a second.
const stage = join(workFolder, 'package');
rmSync(stage, { recursive: true, force: true });
const files = SHIPPED.flatMap(filesBelow);
for (const file of files) cpSync(join(root, file), join(stage, file), { recursive: true });
const unexpected = files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file)));
mustHold(unexpected.length === 0, `Not on the list of files to ship: ${unexpected.join(', ')}.`);
const missing = [
  'package.json',
  'LICENSE',
  'ThirdPartyNotices.txt',
  'dist/extension.mjs',
  'media/icon.png',
].filter((file) => !files.includes(file));
mustHold(missing.length === 0, `Missing from the VSIX: ${missing.join(', ')}.`);

const outFolder = join(root, 'dist-vsix');
mkdirSync(outFolder, { recursive: true });
const vsix = join(outFolder, `mlops-chat-${version}.vsix`);
await vsce([
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  '-o',
  vsix,
]);
const vsixBytes = statSync(vsix).size;
mustHold(
  vsixBytes <= MAX_VSIX_BYTES,
  `The VSIX has ${kilobytes(vsixBytes)}, more than ${kilobytes(MAX_VSIX_BYTES)}.`,
);

console.log(
  `${vsix}: ${kilobytes(vsixBytes)}, ${files.length} files, ${packages.length} packages of others.`,
);
console.log(`Activation loads ${kilobytes(entryBytes)}.`);

/** Files from the repository's root, with `/`; a name that is not there gives none. */
function filesBelow(name) {
  if (!existsSync(join(root, name))) return [];
  if (statSync(join(root, name)).isFile()) return [name];
  return readdirSync(join(root, name))
    .filter((entry) => entry !== '__pycache__')
    .flatMap((entry) => filesBelow(`${name}/${entry}`));
}

async function vsce(args) {
  const vsceMain = join(root, 'node_modules/@vscode/vsce/vsce');
  const { ok, output } = await run(process.execPath, [vsceMain, ...args], { cwd: stage });
  mustHold(ok, `vsce ${args[0]} failed:\n${output}`);
  return output;
}

function mustHold(holds, message) {
  if (holds) return;
  console.error(message);
  process.exit(1);
}

function kilobytes(bytes) {
  return `${Math.round(bytes / 1000)} KB`;
}
