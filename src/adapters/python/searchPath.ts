import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/**
 * Absolute paths of a program on the PATH, best first. An absolute path is taken as it is; a relative one
 * is not a name and is never found.
 */
export async function searchPath(
  name: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<readonly string[]> {
  if (path.isAbsolute(name)) return [path.normalize(name)];
  if (/[\\/]/.test(name)) return [];
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const endings = process.platform === 'win32' ? ['.exe', ''] : [''];
  const candidates = folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)));
  const found = await Promise.all(
    candidates.map(async (file) => ((await isProgram(file)) ? file : undefined)),
  );
  return [...new Set(found.filter((file) => file !== undefined))];
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
