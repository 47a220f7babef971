import type { Focus } from '../domain/focus.ts';
import { objectsAsked } from '../sentences/objectsAsked.ts';
import type { Sentence } from '../sentences/sentence.ts';
import { isPronoun, objectPath } from '../sentences/words.ts';
import type { AskedObjects } from './listedObjects.ts';

/** What MLOps Basics reads as a list of buckets or objects. */
export const listObjectsSentences: readonly Sentence<AskedObjects>[] = [
  {
    pattern: /^(?:list|show|see)?(?: me)?(?: the| all)? ?buckets$|^what(?: is|'s) in (?:the )?storage$/i,
    means: () => ({}),
  },
  {
    pattern:
      /^(?:list|show|see|browse)?(?: me)?(?: the| all)? ?(?:objects|files|contents?) (?:in|of|under|below) (?<path>\S+|(?:the )?bucket \S+)$|^(?:list|browse|ls) (?<bare>[^\s/]+\/\S*)$/i,
    means: ({ path, bare }, focus) => prefixIn(path ?? bare, focus),
  },
  {
    open: true,
    pattern: /^(?<all>.{3,200})$/,
    means: ({ all = '' }) => objectsAsked(all),
  },
];

/** The bucket and the prefix that a sentence names or that are in focus; neither: all buckets. */
function prefixIn(
  path: string | undefined,
  focus: Focus,
): { readonly bucket?: string; readonly prefix?: string | undefined } {
  const where = path === undefined || isPronoun(path) ? focus.bucket : path;
  if (where === undefined) return {};
  const { bucket, rest } = objectPath(where.replace(/^(?:the )?bucket /i, ''));
  return { bucket, prefix: rest === '' ? undefined : rest };
}
