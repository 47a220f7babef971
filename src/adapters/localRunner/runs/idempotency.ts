import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../../core/ports/mlopsError.ts';
import type { RunId } from '../../../core/domain/run.ts';
import { ifThere } from '../../node/files.ts';
import type { Home } from '../home.ts';

/** The run that was started with a key. */
export async function runOfKey(home: Home, key: string): Promise<RunId | undefined> {
  const text = await ifThere(readFile(keyFile(home, key), 'utf8'));
  return text === undefined ? undefined : (text as RunId);
}

/**
 * Reserves a key for a run. Returns undefined on success, else the run that has it: of two attempts at the same
 * moment, in any windows, one wins. The file appears together with its content, since it is linked into place.
 */
export async function claimKey(home: Home, key: string, id: RunId): Promise<RunId | undefined> {
  await mkdir(home.keys, { recursive: true, mode: home.folderMode });
  const beside = path.join(home.keys, `.${randomUUID()}`);
  await writeFile(beside, id, { mode: home.fileMode });
  try {
    await link(beside, keyFile(home, key));
    return undefined;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    return runOfKey(home, key);
  } finally {
    await rm(beside, { force: true });
  }
}

/** Releases a key when its run never began. */
export async function releaseKey(home: Home, key: string): Promise<void> {
  await rm(keyFile(home, key), { force: true });
}

function keyFile(home: Home, key: string): string {
  return path.join(home.keys, createHash('sha256').update(key).digest('hex'));
}
