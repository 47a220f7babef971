import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ifThere } from '../../node/files.ts';
import type { Home } from '../home.ts';

/**
 * Copies the runner into the home, once for each content, and returns its path: a run continues when the extension, whose
 * folder it came from, is updated or removed.
 */
export async function keepRunner(home: Home, runnerPackage: string): Promise<string> {
  const names = (await readdir(runnerPackage)).filter((name) => name.endsWith('.py')).toSorted();
  const files = await Promise.all(
    names.map(async (name) => ({ name, content: await readFile(path.join(runnerPackage, name)) })),
  );
  const hash = createHash('sha256');
  for (const { name, content } of files) hash.update(`${name}\n${content.length}\n`).update(content);
  const folder = path.join(home.root, 'runner', hash.digest('hex').slice(0, 12));
  const kept = path.join(folder, path.basename(runnerPackage));
  if (await ifThere(stat(kept))) return kept;
  const part = `${folder}.${randomUUID()}`;
  const inPart = path.join(part, path.basename(runnerPackage));
  await mkdir(inPart, { recursive: true, mode: home.folderMode });
  for (const { name, content } of files)
    await writeFile(path.join(inPart, name), content, { mode: home.fileMode });
  // Another window copied the same content at the same time.
  await rename(part, folder).catch(() => rm(part, { recursive: true, force: true }));
  return kept;
}
