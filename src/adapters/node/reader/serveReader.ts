import type { RangedFile } from '../../../core/ports/previewReaders.ts';
import type { FromReader, ToReader } from './messages.ts';

/** A file that breaks the rules of its format. The message is a sentence of ours. */
export class BrokenFile extends Error {}

/**
 * Serves one question of the process that started this one (`readInChild`), and ends with it. `sentence` says in words what is
 * wrong with a file, by the error that reading it threw.
 */
export function serveReader(
  read: (file: RangedFile, question: unknown) => Promise<unknown>,
  sentence: (error: unknown) => string,
): void {
  const waiting = new Map<number, (bytes: Uint8Array) => void>();
  const tell = (message: FromReader) => void process.send?.(message);
  const fileOf = (size: number): RangedFile => ({
    size,
    read(offset, length) {
      const id = waiting.size;
      const { promise, resolve } = Promise.withResolvers<Uint8Array>();
      waiting.set(id, resolve);
      tell({ type: 'read', id, offset, length });
      return promise;
    },
  });
  process.once('disconnect', () => process.exit());
  process.on('message', (message: ToReader) => {
    if (message.type === 'bytes') waiting.get(message.id)?.(message.bytes);
    else
      void read(fileOf(message.size), message.question).then(
        (found) => tell({ type: 'found', found }),
        (error: unknown) =>
          tell({ type: 'broken', reason: error instanceof BrokenFile ? error.message : sentence(error) }),
      );
  });
}
