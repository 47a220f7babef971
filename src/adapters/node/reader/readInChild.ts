import { type ChildProcess, fork } from 'node:child_process';
import { cancelled, MlopsError } from '../../../core/ports/mlopsError.ts';
import type { RangedFile } from '../../../core/ports/previewReaders.ts';
import type { FromReader, ToReader } from './messages.ts';

/** A program that reads files of a format, and what it may use. */
export interface ReaderProgram {
  /** Its file, which calls `serveReader`. */
  readonly program: string;
  readonly deadlineMs: number;
  /** Of its heap, in MB. */
  readonly memory: number;
}

/**
 * Has a process of its own read a file, so that one that was made to fill the memory or to take forever harms nothing else.
 * The process gets no variables of this one, asks for the bytes that it needs, and is ended with the answer.
 * Throws MlopsError: invalid (the file is broken, or took too much time or memory), cancelled, and what reading bytes throws.
 */
export async function readInChild(
  { program, deadlineMs, memory }: ReaderProgram,
  file: RangedFile,
  question: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  if (signal.aborted) throw cancelled();
  const child = fork(program, [], {
    // In the editor's process, Node is the editor's own program.
    env: { ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [`--max-old-space-size=${memory}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const answer = Promise.withResolvers<unknown>();
  const onAbort = () => answer.reject(cancelled());
  const late = () =>
    answer.reject(new MlopsError('invalid', `Reading it took longer than ${deadlineMs / 1000} s.`));
  const timer = setTimeout(late, deadlineMs);
  signal.addEventListener('abort', onAbort, { once: true });
  child.once('error', (cause) =>
    answer.reject(
      new MlopsError('internal', 'A reader of files could not be started:', {
        outside: cause.message,
        cause,
      }),
    ),
  );
  child.once('exit', () =>
    answer.reject(new MlopsError('invalid', 'Reading it took more memory than it may.')),
  );
  child.on('message', (message: FromReader) => {
    if (message.type === 'found') answer.resolve(message.found);
    else if (message.type === 'broken')
      answer.reject(new MlopsError('invalid', '', { outside: message.reason }));
    else void hand(child, file, message).catch((error: unknown) => answer.reject(error));
  });
  tell(child, { type: 'open', size: file.size, question });
  try {
    return await answer.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    child.kill('SIGKILL');
  }
}

/** Hands the process the bytes that it asks for; its numbers are held to those of the file. */
async function hand(
  child: ChildProcess,
  { size, read }: RangedFile,
  { id, offset, length }: Extract<FromReader, { type: 'read' }>,
): Promise<void> {
  const start = Math.min(Math.max(0, Math.trunc(offset) || 0), size);
  const bytes = await read(start, Math.min(Math.max(0, Math.trunc(length) || 0), size - start));
  tell(child, { type: 'bytes', id, bytes });
}

function tell(child: ChildProcess, message: ToReader): void {
  // It may have ended meanwhile.
  if (child.connected) child.send(message, () => undefined);
}
