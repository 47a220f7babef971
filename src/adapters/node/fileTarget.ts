import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ByteTarget } from '../../core/ports/objectWrites.ts';
import { asName } from '../../core/text/literal.ts';
import { reasonOf } from './files.ts';

/** A file that is written beside its place first, so that what is there stays until all has arrived. */
export interface FileTarget extends ByteTarget {
  /** Puts the file in its place, replacing what is there. When its bytes reach the disk is left to the system, as by other copying programs. */
  finish(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/** Opens a target for a file; its folder must be there. One of `finish` and `discard` has to be called. Throws MlopsError. */
export async function fileTarget(file: string): Promise<FileTarget> {
  const beside = path.join(path.dirname(file), `.${randomUUID()}.part`);
  const failed = (cause: unknown): never => {
    throw new MlopsError('invalid', `${asName(file)} cannot be written:`, {
      outside: reasonOf(cause),
      cause,
    });
  };
  const opened = await open(beside, 'wx', 0o666).catch(failed);
  const discard = async () => {
    await opened.close().catch(() => undefined);
    await rm(beside, { force: true });
  };
  return {
    write: (bytes, offset) => writeAll(opened, bytes, offset).catch(failed),
    finish: async () => {
      try {
        await opened.close();
        await rename(beside, file);
      } catch (error) {
        await discard();
        failed(error);
      }
    },
    discard,
  };
}

async function writeAll(opened: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await opened.write(bytes, at, bytes.length - at, offset + at);
    at += bytesWritten;
  }
}
