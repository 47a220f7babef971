import {
  data,
  named,
  type Paragraph,
  type Phrase,
  type Question,
  textParagraph,
} from '../domain/question.ts';
import { count } from '../text/markdown.ts';
import { size } from '../text/units.ts';
import type { ObjectDeletion } from './deleteObjects.ts';

const mostShown = 10;

/** The question that names what would be deleted, how many objects and bytes that is, and whether it comes back. */
export function deleteObjectsQuestion(deletion: ObjectDeletion): Question {
  const { bucket, objects, all } = deletion;
  const isOne = isOneObject(deletion);
  return {
    title: titleOf(deletion),
    verb: 'Delete',
    paragraphs: [
      textParagraph(...endOf(deletion)),
      ...(isOne || objects.length === 0 ? [] : [listOf(deletion)]),
    ],
    ...(all ? { typed: bucket } : {}),
  };
}

const isOneObject = ({ objects, prefix, all }: ObjectDeletion) =>
  objects.length === 1 && prefix === undefined && !all;

function titleOf({ bucket, prefix, all, objects }: ObjectDeletion): Phrase {
  const [first, ...others] = objects;
  if (all) return ['Delete the bucket ', named(bucket), '?'];
  if (prefix !== undefined) return ['Delete all below ', named(`${bucket}/${prefix}`), '?'];
  return first !== undefined && others.length === 0
    ? ['Delete ', named(`${bucket}/${first.key}`), '?']
    : [`Delete ${count(objects.length, 'object')} in `, named(bucket), '?'];
}

function endOf(deletion: ObjectDeletion): Phrase {
  const { objects, all, kept } = deletion;
  const bytes = size(objects.reduce((sum, one) => sum + one.size, 0));
  const sum = data(`${count(objects.length, 'object')} (${bytes})`);
  if (all) return ['It goes for good, with ', sum, '.'];
  if (isOneObject(deletion))
    return kept
      ? ['Its versions are kept, so it can be restored.']
      : ['It (', data(bytes), ') goes for good.'];
  const verb = objects.length === 1 ? 'goes' : 'go';
  return kept ? [sum, ` ${verb}; versions are kept, so they can be restored.`] : [sum, ` ${verb} for good.`];
}

function listOf({ objects }: ObjectDeletion): Paragraph {
  const left = objects.length - mostShown;
  return {
    kind: 'list',
    label: 'Objects',
    lines: [
      ...objects.slice(0, mostShown).map((one): Phrase => [named(one.key), `, ${size(one.size)}`]),
      ...(left > 0 ? [[`and ${left} more`]] : []),
    ],
  };
}
