// Bundles the extension, ESM in two parts, so that activation loads the entry alone: the entry in one file, and what
// comes by import() later, which shares chunks among itself. Each file more that an activation opens costs it as much
// as all of our code in it. What both parts need is in both: no module keeps state (test/house/bundle.test.ts).
//   node esbuild.config.mjs [--production] [--watch] [--meta FILE]
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix, relative, resolve } from 'node:path';
import { ensureDependencies, ensureNode24, root } from './scripts/node24.mjs';

/**
 * @typedef {import('esbuild').BuildOptions & { outdir: string, metafile: true }} Settings
 * @typedef {import('esbuild').Metafile} Metafile
 */

/**
 * Builds `dist/`.
 * @param {{ production?: boolean, write?: boolean, entry?: string, outdir?: string }} [options]
 *   `write: false` only reports what a build would make; `outdir` builds elsewhere
 * @returns {Promise<Metafile>} what went into which file
 * @throws when the code does not build; esbuild has then printed why
 */
export async function build(options = {}) {
  const esbuild = await import('esbuild');
  const settings = commonSettings(options);
  if (settings.write) prepare(settings.outdir);
  /** @type {Set<string>} */
  const later = new Set();
  const panels = esbuild.build(panelSettings(settings));
  const entry = await esbuild.build(entrySettings(settings, options.entry, later));
  const built = [entry, await esbuild.build(laterSettings(settings, later)), await panels];
  const [inputs, outputs] = [built.map((one) => one.metafile.inputs), built.map(outputsOf)];
  return { inputs: Object.assign({}, ...inputs), outputs: Object.assign({}, ...outputs) };
}

/** Builds `dist/` for work, and again whenever something changes. */
async function watch() {
  const esbuild = await import('esbuild');
  const settings = { ...commonSettings({}), logLevel: /** @type {const} */ ('info') };
  prepare(settings.outdir);
  /** @type {Set<string>} */
  const later = new Set();
  /** @type {import('esbuild').BuildContext | undefined} */
  let context;
  let watched = '';
  /** The later part begins with what the entry imports: when that changes, it is another build. */
  const followEntry = async () => {
    const names = inOrder(later).join('\n');
    if (names === watched) return;
    watched = names;
    await context?.dispose();
    context = await esbuild.context(laterSettings(settings, later));
    await context.watch();
  };
  const entry = entrySettings(settings, undefined, later);
  entry.plugins?.push({ name: 'follow', setup: (building) => building.onEnd(followEntry) });
  for (const each of [entry, panelSettings(settings)]) await (await esbuild.context(each)).watch();
}

/** @param {string} outdir */
function prepare(outdir) {
  rmSync(outdir, { recursive: true, force: true });
  // The editor's own icons, which the panels show, too.
  const from = join(root, 'node_modules', '@vscode', 'codicons', 'dist');
  const to = join(outdir, 'webviews', 'codicons');
  mkdirSync(to, { recursive: true });
  for (const file of ['codicon.css', 'codicon.ttf']) cpSync(join(from, file), join(to, file));
}

/**
 * @param {{ production?: boolean, write?: boolean, outdir?: string }} options
 * @returns {Settings}
 */
function commonSettings({ production = false, write = true, outdir = join(root, 'dist') }) {
  return {
    absWorkingDir: root,
    write,
    outdir,
    bundle: true,
    format: 'esm',
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  };
}

/**
 * @param {Settings} settings
 * @returns {Settings}
 */
function hostSettings(settings) {
  return {
    ...settings,
    platform: 'node',
    target: 'node24',
    // Node has them; esbuild would build each pattern with a call, which it keeps where nothing uses the pattern.
    supported: { 'regexp-unicode-property-escapes': true },
    external: ['vscode'],
    outExtension: { '.js': '.mjs' },
    // CommonJS packages call require() for Node's own modules.
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
    jsx: 'transform',
    jsxFactory: 'vscpp',
    jsxFragment: 'vscppf',
  };
}

/**
 * The entry, in one file.
 * @param {Settings} settings
 * @param {string | undefined} entry
 * @param {Set<string>} later gets the modules that it imports later, as paths from the repository
 * @returns {Settings}
 */
function entrySettings(settings, entry = 'src/vscode/extension.ts', later) {
  return {
    ...hostSettings(settings),
    entryPoints: { extension: entry },
    plugins: [
      {
        name: 'later',
        setup(building) {
          building.onStart(() => later.clear());
          building.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
            if (kind !== 'dynamic-import') return undefined;
            const module = relative(root, resolve(resolveDir, path)).replaceAll('\\', '/');
            later.add(module);
            return { path: `./${laterName(module)}.mjs`, external: true };
          });
        },
      },
    ],
  };
}

/**
 * What the entry imports later and the programs of other processes, a file each, and what these share.
 * @param {Settings} settings
 * @param {ReadonlySet<string>} later
 * @returns {Settings}
 */
function laterSettings(settings, later) {
  return {
    ...hostSettings(settings),
    entryPoints: Object.fromEntries(
      [...inOrder(later), ...childPrograms()].map((module) => [laterName(module), module]),
    ),
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
  };
}

/** The programs of processes that adapters start, as paths from the repository. */
function childPrograms() {
  return readdirSync(join(root, 'src', 'adapters'))
    .map((name) => `src/adapters/${name}/child.ts`)
    .filter((module) => existsSync(join(root, module)));
}

/** @param {ReadonlySet<string>} modules */
function inOrder(modules) {
  return [...modules].toSorted((a, b) => a.localeCompare(b));
}

/**
 * The name in `dist` of a module that is imported later, as `later/vscode/chat/handler`.
 * @param {string} module
 */
function laterName(module) {
  return `later/${module.replace(/^src\//, '').replace(/\.tsx?$/, '')}`;
}

/**
 * What runs in the panels: for the browser, one folder each, with what a picture needs in chunks of its own.
 * @param {Settings} settings
 * @returns {Settings}
 */
function panelSettings(settings) {
  const folder = join(root, 'src', 'webviews');
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'main.ts')));
  return {
    ...settings,
    entryPoints: names.flatMap((name) => [
      { in: join(folder, name, 'main.ts'), out: `${name}/main` },
      { in: join(folder, name, `${name}.css`), out: `${name}/main` },
    ]),
    outdir: join(settings.outdir, 'webviews'),
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    platform: 'browser',
    target: 'es2024',
    sourcemap: settings.minify ? false : 'inline',
    plugins: [workerTexts(settings)],
  };
}

/**
 * `worker:./file.ts` is the code of that file with all that it imports, as a text: a panel may fetch nothing, and
 * makes a worker of its text.
 * @param {Settings} settings
 * @returns {import('esbuild').Plugin}
 */
function workerTexts({ minify = false }) {
  return {
    name: 'workers',
    setup(building) {
      building.onResolve({ filter: /^worker:/ }, ({ path, resolveDir }) => ({
        path: resolve(resolveDir, path.slice('worker:'.length)),
        namespace: 'worker',
      }));
      building.onLoad({ filter: /./, namespace: 'worker' }, async ({ path }) => {
        const { outputFiles, metafile } = await building.esbuild.build({
          absWorkingDir: root,
          entryPoints: [path],
          bundle: true,
          write: false,
          format: 'iife',
          minify,
          metafile: true,
          platform: 'browser',
          target: 'es2024',
          legalComments: 'none',
        });
        const contents = `export const source = ${JSON.stringify(outputFiles[0]?.text ?? '')};`;
        return {
          contents,
          loader: 'js',
          watchFiles: Object.keys(metafile.inputs).map((file) => resolve(root, file)),
        };
      });
    },
  };
}

/**
 * What a build made; what its files import of another part is named as what it is there.
 * @param {{ metafile: Metafile }} built
 * @returns {Metafile['outputs']}
 */
function outputsOf({ metafile: { outputs } }) {
  const named = Object.entries(outputs).map(([name, output]) => {
    const imports = output.imports.map(({ external, ...one }) =>
      external && one.path.startsWith('./')
        ? { ...one, path: posix.join(posix.dirname(name), one.path) }
        : { ...one, ...(external ? { external } : {}) },
    );
    return [name, { ...output, imports }];
  });
  return Object.fromEntries(named);
}

/** @param {string} name */
function argument(name) {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
}

if (import.meta.main ?? process.argv[1]?.endsWith('esbuild.config.mjs')) {
  await ensureNode24(import.meta.url);
  await ensureDependencies();
  if (process.argv.includes('--watch')) await watch();
  else {
    const production = process.argv.includes('--production');
    const metafile = await build({ production }).catch(() => process.exit(1)); // esbuild has printed why
    const metaPath = argument('--meta');
    if (metaPath) writeFileSync(metaPath, JSON.stringify(metafile));
  }
}
