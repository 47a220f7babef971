import { data, named, type Question, textParagraph } from '../domain/question.ts';
import type { ObjectStat } from '../domain/storedObject.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import { duration, size } from '../text/units.ts';

const minute = 60;

/** The question before a link is made: what it opens, to whom, and for how long. */
export function linkQuestion({ bucket, key, size: bytes }: ObjectStat, minutes: number): Question {
  return {
    title: ['Make a link to ', named(`${bucket}/${key}`), '?'],
    verb: 'Make link',
    paragraphs: [
      textParagraph(
        'Whoever has it can read the object (',
        data(size(bytes)),
        ') without signing in, for ',
        data(spanText(minutes)),
        '. It goes to your clipboard alone.',
      ),
    ],
  };
}

/** "1 h", "2 d". */
export const spanText = (minutes: number) => duration(minutes * minute * 1000);

/** Makes a link. Throws MlopsError unsupported where the store has none, conflict where the object is not what was shown. */
export async function linkTo(
  store: ObjectStore,
  { bucket, key }: ObjectStat,
  minutes: number,
  signal: AbortSignal,
): Promise<string> {
  return linksOf(store)({ bucket, key }, minutes * minute, signal);
}

/** Throws MlopsError unsupported for a store without links. */
export function linksOf(store: ObjectStore): NonNullable<ObjectStore['link']> {
  if (store.link === undefined)
    throw new MlopsError('unsupported', 'There are no links to objects of this store.', {
      hint: 'Download the object, or copy it to a store on a server.',
    });
  return store.link.bind(store);
}
