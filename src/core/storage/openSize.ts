import { data, named, type Question, textParagraph } from '../domain/question.ts';
import type { ObjectStat } from '../domain/storedObject.ts';
import { size } from '../text/units.ts';

/** Larger objects are opened only after a question, in bytes. */
export const askedFrom = 4_000_000;
/** Larger objects are not opened in an editor, in bytes. */
export const mostOpened = 50_000_000;

/** What is done when a person opens an object of this size: it is read whole. */
export function opening(bytes: number): 'open' | 'ask' | 'refuse' {
  if (bytes > mostOpened) return 'refuse';
  return bytes > askedFrom ? 'ask' : 'open';
}

/** Asked before a large object is opened. */
export function largeQuestion({
  bucket,
  key,
  size: bytes,
}: Pick<ObjectStat, 'bucket' | 'key' | 'size'>): Question {
  return {
    title: ['Open ', named(`${bucket}/${key}`), '?'],
    verb: 'Open',
    paragraphs: [textParagraph('It has ', data(size(bytes)), ', all of which is read.')],
  };
}
