// esbuild puts what the entry shares with later chunks into small chunks of their own, and each file more that an
// activation opens costs it as much as all of our code in it. So the entry takes those chunks in, and the later
// chunks import from the entry.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { loadedAtActivation } from './bundle.mjs';

/**
 * Joins the entry of a finished build with the chunks that it imports statically.
 * @param {typeof import('esbuild')} esbuild
 * @param {import('esbuild').BuildResult} built with a metafile; its files are on the disk or in `outputFiles`
 * @param {import('esbuild').BuildOptions} settings of that build
 * @returns {Promise<import('esbuild').Metafile>} of what there is now
 */
export async function joinEntry(esbuild, built, settings) {
  const { metafile } = built;
  const [entry, ...chunks] = loadedAtActivation(metafile).outputs;
  const texts = textsOf(built, settings);
  const joined = await esbuild.build({
    ...settings,
    entryPoints: undefined,
    outdir: undefined,
    outfile: join(settings.absWorkingDir, entry),
    splitting: false,
    write: false,
    metafile: false,
    stdin: { contents: joinedSource(metafile, entry, chunks), resolveDir: settings.absWorkingDir },
    plugins: [builtFiles(texts, settings)],
  });
  const written = new Map(joined.outputFiles.map((file) => [nameOf(file.path, settings), file.text]));
  for (const [name, text] of texts) {
    if (name === entry || chunks.includes(name)) continue;
    const changed = importFromEntry(name, text, entry, chunks);
    if (changed !== text) written.set(name, changed);
  }
  if (settings.write) {
    for (const [name, text] of written) writeFileSync(join(settings.absWorkingDir, name), text);
    for (const name of chunks.flatMap((chunk) => [chunk, `${chunk}.map`]))
      rmSync(join(settings.absWorkingDir, name), { force: true });
  }
  return joinedMetafile(metafile, entry, chunks, written);
}

function textsOf({ metafile, outputFiles }, settings) {
  if (!settings.write)
    return new Map(outputFiles.map((file) => [nameOf(file.path, settings), file.text]).filter(isModule));
  const names = Object.keys(metafile.outputs).filter((name) => name.endsWith('.mjs'));
  return new Map(names.map((name) => [name, readFileSync(join(settings.absWorkingDir, name), 'utf8')]));
}

const isModule = ([name]) => name.endsWith('.mjs');
const nameOf = (path, { absWorkingDir }) => relative(absWorkingDir, path).replaceAll('\\', '/');

/** Everything of the entry, and what the chunks export under names that are one chunk's alone. */
function joinedSource({ outputs }, entry, chunks) {
  const exported = chunks.map((chunk) => {
    const names = outputs[chunk].exports.map((name) => `${name} as ${tagOf(chunk)}${name}`);
    return `export { ${names.join(', ')} } from "./${chunk}";`;
  });
  return [`export * from "./${entry}";`, ...exported].join('\n');
}

/** Chunks are named by a hash of what is in them. */
const tagOf = (chunk) => `_${basename(chunk, '.mjs').replaceAll(/\W/g, '_')}_`;

/** Gives esbuild its own output again; what comes later stays where it is. */
function builtFiles(texts, settings) {
  const banner = settings.banner.js;
  return {
    name: 'built-files',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        const file = resolve(resolveDir, path);
        if (kind !== 'dynamic-import') return { path: file };
        const name = relative(settings.outdir, file).replaceAll('\\', '/');
        return { path: `./${name}`, external: true };
      });
      onLoad({ filter: /\.mjs$/ }, ({ path }) => {
        const text = texts.get(nameOf(path, settings));
        return text && { contents: text.replace(banner, ''), loader: 'js', resolveDir: dirname(path) };
      });
    },
  };
}

/** A later chunk's text with the joined chunks' names taken from the entry, line by line as it was. */
function importFromEntry(name, text, entry, chunks) {
  let to = relative(dirname(name), entry).replaceAll('\\', '/');
  if (!to.startsWith('.')) to = `./${to}`;
  let changed = text;
  for (const chunk of chunks) {
    const file = basename(chunk).replaceAll('.', String.raw`\.`);
    const statement = new RegExp(
      String.raw`\bimport(?:(\s*\{)([^{}"]*)(\}\s*from))?(\s*)"[^"\s]*/${file}"`,
      'g',
    );
    changed = changed.replace(statement, (_, open, names, close, space) => {
      if (!open) return `import${space}"${to}"`;
      const renamed = names.replaceAll(
        /([\w$]+)(\s+as\s+[\w$]+)?/g,
        (__, from, as) => `${tagOf(chunk)}${from}${as ?? ` as ${from}`}`,
      );
      return `import${open}${renamed}${close}${space}"${to}"`;
    });
    if (changed.includes(basename(chunk)))
      throw new Error(`${name} uses ${chunk} in a way that joinEntry does not know.`);
  }
  return changed;
}

function joinedMetafile(metafile, entry, chunks, written) {
  const outputs = Object.fromEntries(
    Object.entries(metafile.outputs)
      .filter(([name]) => !chunks.includes(name.replace(/\.map$/, '')))
      .map(([name, output]) => [name, movedOutput(output, name, written, entry, chunks)]),
  );
  const parts = [entry, ...chunks].map((name) => metafile.outputs[name]);
  outputs[entry].inputs = Object.assign({}, ...parts.map(({ inputs }) => inputs));
  outputs[entry].imports = parts
    .flatMap(({ imports }) => imports)
    .filter(({ path, kind }) => kind === 'dynamic-import' || ![entry, ...chunks].includes(path));
  return { ...metafile, outputs };
}

function movedOutput(output, name, written, entry, chunks) {
  const text = written.get(name);
  const imports = output.imports.map((one) => (chunks.includes(one.path) ? { ...one, path: entry } : one));
  return { ...output, imports, bytes: text === undefined ? output.bytes : Buffer.byteLength(text) };
}
