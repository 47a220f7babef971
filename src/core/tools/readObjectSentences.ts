import type { Focus } from '../domain/focus.ts';
import { objectIn } from '../sentences/objectNamed.ts';
import type { Sentence } from '../sentences/sentence.ts';

interface ReadInput {
  readonly bucket: string;
  readonly key: string;
  readonly details?: boolean;
}

const details =
  '(?:metadata|meta data|meta|tags|details|versions|size|metadaten|versionen|größe|eigenschaften|properties)';

/** What MLOps Basics reads as a look at one object. */
export const readObjectSentences: readonly Sentence<ReadInput>[] = [
  {
    pattern: new RegExp(
      `^(?:(?:show|list|see|get|give|zeig|zeige)(?: me| mir)? |what (?:is|are) |which |welche |was sind )?(?:the |all |die |alle )?(?:its (?=${details}))?(?<what>${details})(?: (?:of|for|from|von|zu) (?<object>.+?))?(?: (?:are there|exist|gibt es))?$`,
      'i',
    ),
    means: ({ object = 'it' }, focus) => inDetail(object, focus),
  },
  {
    pattern:
      /^(?:how (?:big|large|old) is|wie (?:groß|gross|alt) ist|when (?:was|did)) (?<object>.+?)(?: (?:uploaded|changed|modified|stored|saved|written|created|change))?$|^wann wurde (?<de>.+?) (?:hochgeladen|geändert|gespeichert|geschrieben)$/i,
    means: ({ object, de }, focus) => inDetail(object ?? de ?? '', focus),
  },
  {
    pattern:
      /^(?:read|show|open|print|cat|view|see|preview|what(?: is|'s) in(?:side)?|was steht in)(?: me)? (?<object>.+)$/i,
    means: ({ object }, focus) => objectIn(object, focus),
  },
];

function inDetail(text: string, focus: Focus): ReadInput | undefined {
  const object = objectIn(text, focus);
  return object === undefined ? undefined : { ...object, details: true };
}
