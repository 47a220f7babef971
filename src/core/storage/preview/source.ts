import type { PreviewReaders } from '../../ports/previewReaders.ts';
import type { BoundedObject } from './boundedObject.ts';
import { headBytes, type TableLimits } from './bounds.ts';
import { type Decoded, decodeText } from './decodeText.ts';
import type { PreviewContent } from './preview.ts';

/** What a reader of a format gets. */
export interface Source {
  readonly object: BoundedObject;
  /** The first bytes of the object. */
  readonly head: Uint8Array;
  readonly readers: PreviewReaders | undefined;
  /** Whether pictures are read whole, to be shown. */
  readonly pictures: boolean;
  readonly limits: TableLimits;
  readonly signal: AbortSignal;
}

/** What a reader of a format found, and sentences about what it left out. */
export interface Found {
  readonly content: PreviewContent;
  readonly cut: readonly string[];
}

export const found = (content: PreviewContent, ...cut: readonly (string | false)[]): Found => ({
  content,
  cut: cut.filter((line) => line !== false),
});

/** The beginning of a text. */
export interface Beginning extends Decoded {
  /** False where the text goes on. */
  readonly whole: boolean;
  /** Bytes of it. */
  readonly bytes: number;
}

/** The beginning of an object as text; undefined for a binary one. */
export async function beginningOf({ object, head, limits }: Source): Promise<Beginning | undefined> {
  if (decodeText(head) === undefined) return undefined;
  const bytes = head.length < headBytes ? head : await object.head(limits.bytes);
  const decoded = decodeText(bytes);
  return decoded && { ...decoded, bytes: bytes.length, whole: bytes.length >= object.size };
}
