// Bundles the extension: ESM with splitting, so that activation loads the entry alone and the rest comes by import().
//   node esbuild.config.mjs [--production] [--watch] [--meta FILE]
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies, ensureNode24, root } from './scripts/node24.mjs';
import { joinEntry } from './scripts/package/joinEntry.mjs';

/**
 * Builds `dist/`.
 * @param {{ production?: boolean, watch?: boolean, write?: boolean, entry?: string, outdir?: string }} [options]
 *   `write: false` only reports what a build would make; `outdir` builds elsewhere
 * @returns {Promise<import('esbuild').Metafile | undefined>} what went into which chunk; nothing when watching
 * @throws when the code does not build; esbuild has then printed why
 */
export async function build(options = {}) {
  const esbuild = await import('esbuild');
  const settings = bundleOptions(options);
  if (settings.write) rmSync(settings.outdir, { recursive: true, force: true });
  const panels = webviewOptions(settings, options.production);
  if (settings.write) copyIcons(settings.outdir);
  if (!options.watch) {
    const [metafile, shown] = await Promise.all([
      esbuild.build(settings).then((built) => joinEntry(esbuild, built, settings)),
      esbuild.build(panels),
    ]);
    return {
      inputs: { ...metafile.inputs, ...shown.metafile.inputs },
      outputs: { ...metafile.outputs, ...shown.metafile.outputs },
    };
  }
  for (const each of [settings, panels]) {
    const context = await esbuild.context({ ...each, logLevel: 'info' });
    await context.watch();
  }
  return undefined;
}

/** What runs in the panels: for the browser, one folder each, with what a picture needs in chunks of its own. */
function webviewOptions({ absWorkingDir, outdir, write, logLevel }, production = false) {
  const folder = join(root, 'src', 'webviews');
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'main.ts')));
  return {
    absWorkingDir,
    entryPoints: names.flatMap((name) => [
      { in: join(folder, name, 'main.ts'), out: `${name}/main` },
      { in: join(folder, name, `${name}.css`), out: `${name}/main` },
    ]),
    write,
    outdir: join(outdir, 'webviews'),
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    minify: production,
    sourcemap: production ? false : 'inline',
    legalComments: 'none',
    metafile: true,
    logLevel,
  };
}

/** The editor's own icons, which the panels show, too. */
function copyIcons(outdir) {
  const from = join(root, 'node_modules', '@vscode', 'codicons', 'dist');
  const to = join(outdir, 'webviews', 'codicons');
  mkdirSync(to, { recursive: true });
  for (const file of ['codicon.css', 'codicon.ttf']) cpSync(join(from, file), join(to, file));
}

function bundleOptions({
  production = false,
  write = true,
  entry = 'src/vscode/extension.ts',
  outdir = join(root, 'dist'),
}) {
  return {
    absWorkingDir: root,
    entryPoints: { extension: entry },
    write,
    outdir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: ['vscode'],
    outExtension: { '.js': '.mjs' },
    // CommonJS packages call require() for Node's own modules.
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
    jsx: 'transform',
    jsxFactory: 'vscpp',
    jsxFragment: 'vscppf',
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  };
}

function argument(name) {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
}

if (import.meta.main ?? process.argv[1]?.endsWith('esbuild.config.mjs')) {
  await ensureNode24(import.meta.url);
  await ensureDependencies();
  const metafile = await build({
    production: process.argv.includes('--production'),
    watch: process.argv.includes('--watch'),
  }).catch(() => process.exit(1)); // esbuild has printed why
  const metaPath = argument('--meta');
  if (metafile && metaPath) writeFileSync(metaPath, JSON.stringify(metafile));
}
