import { data, message, named, type Question, textParagraph } from '../domain/question.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { ByteSource } from '../ports/objectWrites.ts';
import { size } from '../text/units.ts';
import { replacesText, stateOfPlace, type StoredPlace } from './placeFor.ts';

/** A file of the person's that is to be stored. */
export interface LocalFile {
  /** As people name it: relative to its workspace folder. */
  readonly label: string;
  /** The last part of its path. */
  readonly name: string;
  readonly source: ByteSource & { readonly fingerprint: string };
}

/** What is to be stored: a file, or a text. */
export type Uploaded = LocalFile | { readonly text: string };

/** The bytes of what is to be stored. */
export function sourceOf(what: Uploaded): ByteSource {
  if ('source' in what) return what.source;
  const bytes = new TextEncoder().encode(what.text);
  return {
    size: bytes.length,
    read: async function* (offset, limit) {
      yield bytes.subarray(offset, offset + limit);
    },
  };
}

/** The question before something is stored: what, where, how much, and what it replaces. */
export function uploadQuestion(what: Uploaded, place: StoredPlace): Question {
  const target = named(`${place.bucket}/${place.key}`);
  const bytes = data(size(sourceOf(what).size));
  return {
    title:
      'source' in what
        ? ['Upload ', named(what.label), ' to ', target, '?']
        : ['Write a text to ', target, '?'],
    verb: 'Upload',
    paragraphs: [
      textParagraph('It has ', bytes, `. ${replacesText(place)}`),
      ...('source' in what ? [] : [textParagraph(message(what.text))]),
    ],
  };
}

/** What a yes is for: the file as it is, and what is in the place. */
export function uploadFingerprint(what: Uploaded, place: StoredPlace): string {
  return JSON.stringify(['source' in what ? what.source.fingerprint : what.text, stateOfPlace(place)]);
}

/** The file name that a text is stored under comes with its key. Throws MlopsError invalid. */
export function noName(): MlopsError {
  return new MlopsError('invalid', 'A text needs the key of an object.', {
    hint: 'Name it: "notes/today.md".',
  });
}
