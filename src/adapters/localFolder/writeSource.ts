import { open } from 'node:fs/promises';
import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { ByteSource, TransferProgress } from '../../core/ports/objectWrites.ts';

/** Writes all bytes of a source to a new file and onto the disk. Throws MlopsError conflict for a source of another size than it said. */
export async function writeSource(
  file: string,
  source: ByteSource,
  onProgress: TransferProgress | undefined,
  signal: AbortSignal,
): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    let size = 0;
    if (source.size > 0)
      for await (const piece of source.read(0, source.size, signal)) {
        throwIfAborted(signal);
        size += piece.length;
        if (size > source.size) break;
        await handle.writeFile(piece);
        onProgress?.(size, source.size);
      }
    if (size !== source.size || (await goesOn(source, signal)))
      throw new MlopsError(
        'conflict',
        'What is to be stored changed while it was read. Nothing was stored.',
        {
          hint: 'Try again when nothing writes to it.',
        },
      );
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function goesOn(source: ByteSource, signal: AbortSignal): Promise<boolean> {
  for await (const piece of source.read(source.size, 1, signal)) if (piece.length > 0) return true;
  return false;
}
