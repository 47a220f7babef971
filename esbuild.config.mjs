// Bundles the extension: ESM with splitting, so that activation loads the entry alone and the rest comes by import().
//   node esbuild.config.mjs [--production] [--watch] [--meta FILE]
import { rmSync, writeFileSync } from 'node:fs';
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
  if (!options.watch) return joinEntry(esbuild, await esbuild.build(settings), settings);
  const context = await esbuild.context({ ...settings, logLevel: 'info' });
  await context.watch();
  return undefined;
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
