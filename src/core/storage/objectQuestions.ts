import { data, named, type Question, textParagraph } from '../domain/question.ts';
import type { IncompleteUpload } from '../ports/objectWrites.ts';
import type { ObjectVersion } from '../ports/objectVersions.ts';
import { moment } from '../text/dates.ts';
import { size } from '../text/units.ts';

type Tags = { readonly [name: string]: string };

/** Asked before the tags of an object are replaced. */
export function tagsQuestion(name: string, before: Tags, after: Tags): Question {
  const lines = Object.entries(after).map(([tag, value]) => [named(tag), ' = ', data(value)]);
  const gone = Object.keys(before).filter((tag) => !Object.hasOwn(after, tag));
  return {
    title: ['Change the tags of ', named(name), '?'],
    verb: 'Change',
    paragraphs: [
      lines.length === 0 ? textParagraph('It has no tags then.') : { kind: 'values', label: 'Tags', lines },
      ...(gone.length === 0 ? [] : [textParagraph('Taken away: ', { series: gone.map(named) }, '.')]),
    ],
  };
}

/** Asked before an earlier version becomes the latest again. */
export function restoreQuestion({ bucket, key, id, size: bytes, modifiedAt }: ObjectVersion): Question {
  const when = modifiedAt === undefined ? '' : ` of ${moment(modifiedAt)}`;
  return {
    title: ['Restore ', named(`${bucket}/${key}`), '?'],
    verb: 'Restore',
    paragraphs: [
      textParagraph(
        `The version${when} (`,
        data(size(bytes)),
        ') becomes the latest again. The others stay.',
      ),
      textParagraph('Version ', data(id)),
    ],
  };
}

/** Asked before a version is deleted for good. */
export function deleteVersionQuestion({ bucket, key, id, deleted, modifiedAt }: ObjectVersion): Question {
  const when = modifiedAt === undefined ? '' : ` of ${moment(modifiedAt)}`;
  const effect = deleted
    ? 'It is the mark that the object was deleted: without it, the version before is there again.'
    : 'It goes for good; the others stay.';
  return {
    title: [`Delete the version${when} of `, named(`${bucket}/${key}`), '?'],
    verb: 'Delete',
    paragraphs: [textParagraph(effect), textParagraph('Version ', data(id))],
  };
}

/** Asked before uploads that were not completed are given up. */
export function abandonQuestion(uploads: readonly IncompleteUpload[]): Question {
  const [first, another] = uploads;
  const effect = textParagraph('The parts that have arrived are deleted, and cannot be gone on with.');
  if (first !== undefined && another === undefined)
    return {
      title: ['Give up the upload of ', named(`${first.bucket}/${first.key}`), '?'],
      verb: 'Give up',
      paragraphs: [effect],
    };
  const lines = uploads.map(({ bucket, key }) => [named(`${bucket}/${key}`)]);
  return {
    title: [`Give up ${uploads.length} uploads?`],
    verb: 'Give up',
    paragraphs: [effect, { kind: 'list', label: 'Uploads', lines }],
  };
}
