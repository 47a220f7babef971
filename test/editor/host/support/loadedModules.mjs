// What the extension has loaded so far in this extension host, and what its bundle says it may load at activation.
import { existsSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The bundle's files that this process has loaded, as paths in `dist`. The engine lists them when a debugger comes. */
export function loadedModules(dist) {
  const session = new Session();
  const urls = [];
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => urls.push(params.url));
  session.post('Debugger.enable');
  session.disconnect();
  return urls
    .filter((url) => url.startsWith('file:'))
    .map((url) => path.relative(dist, fileURLToPath(url)))
    .filter((file) => file.endsWith('.mjs') && !file.startsWith('..'))
    .toSorted((a, b) => a.localeCompare(b));
}

/** A file of the bundle with all that it imports statically, as paths in `dist`. */
export function staticClosure(dist, entry) {
  const files = new Set([entry]);
  for (const file of files) {
    const text = readFileSync(path.join(dist, file), 'utf8');
    for (const [, name] of text.matchAll(/\b(?:from|import)\s*"(\.{1,2}\/[^"]+\.mjs)"/g)) {
      files.add(path.join(path.dirname(file), name));
    }
  }
  return [...files].toSorted((a, b) => a.localeCompare(b));
}

/** The sources of these files of the bundle, by their source maps; a build for release has none. */
export function sourcesOf(dist, files) {
  return files.flatMap((file) => {
    const map = path.join(dist, `${file}.map`);
    return existsSync(map) ? JSON.parse(readFileSync(map, 'utf8')).sources : [];
  });
}
