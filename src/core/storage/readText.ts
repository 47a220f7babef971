import type { ObjectStat } from '../domain/storedObject.ts';
import type { ByteRange, ObjectStore } from '../ports/objectStore.ts';

/** A part of an object as text; `text` is undefined for a binary object. `length` is the number of bytes read. */
export interface TextPart {
  readonly text: string | undefined;
  readonly length: number;
}

/**
 * Reads a part of an object and decides whether it is text: no NUL, and at most a fifth that is not UTF-8, as in older
 * encodings.
 */
export async function readText(
  store: ObjectStore,
  stat: ObjectStat,
  range: ByteRange,
  signal: AbortSignal,
): Promise<TextPart> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const part of store.read(stat.bucket, stat.key, range, signal)) {
    length += part.length;
    text += decoder.decode(part, { stream: true });
  }
  text += decoder.decode();
  const broken = text.split('\ufffd').length - 1;
  const binary = text.includes('\u0000') || broken > 2 + text.length / 5;
  return { text: binary ? undefined : text, length };
}
