import {
  data,
  named,
  type Paragraph,
  type Phrase,
  type Question,
  textParagraph,
} from '../domain/question.ts';
import { size } from '../text/units.ts';

/** What goes where. */
export interface TransferSubject {
  /** Of the whole transfer. */
  readonly count: number;
  readonly bytes: number;
  /** The only file or object, or the folder that they are in. */
  readonly from: string;
  readonly to: string;
  /** Names of those that are there already, as people know them. */
  readonly existing: readonly string[];
  /** What is not taken along, with the reason. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** The answer that leaves what is there as it is. */
export const skip = 'Skip these';

/** Asked before an upload. Where something is there already, its verb replaces it; `skip` is another answer. */
export function uploadObjectsQuestion(subject: TransferSubject): Question {
  const what: Phrase = subject.count === 1 ? [named(subject.from)] : [files(subject.count)];
  return {
    title: ['Upload ', ...what, ' to ', named(subject.to), '?'],
    verb: subject.existing.length === 0 ? 'Upload' : 'Replace',
    paragraphs: paragraphsOf(subject),
  };
}

/** Asked before a download, only where something is there already or cannot be taken along. */
export function downloadQuestion(subject: TransferSubject): Question {
  return {
    title: ['Download ', files(subject.count), ' to ', named(subject.to), '?'],
    verb: subject.existing.length === 0 ? 'Download' : 'Replace',
    paragraphs: paragraphsOf(subject),
  };
}

/** Asked before objects are copied or moved within a store. `from` is left out where they are from several places. */
export function relocateQuestion(
  verb: 'Copy' | 'Move',
  { count, bytes, from, to, existing }: RelocatedSubject,
): Question {
  const what: Phrase = from === undefined ? [objects(count)] : [named(from)];
  const sum = textParagraph(data(`${objects(count)} (${size(bytes)})`), '.');
  return {
    title: [`${verb} `, ...what, ' to ', named(to), '?'],
    verb: existing.length === 0 ? verb : 'Replace',
    paragraphs: [sum, ...existingParagraphs(existing, count)],
  };
}

type RelocatedSubject = Omit<TransferSubject, 'from' | 'leftOut'> & { readonly from: string | undefined };

const objects = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'object' : 'objects'}`;

function paragraphsOf({ count, bytes, from, existing, leftOut }: TransferSubject): readonly Paragraph[] {
  const total = count === 1 ? [data(size(bytes))] : [data(size(bytes)), ' from ', named(from)];
  const lines = leftOut.map(({ name, reason }): Phrase => [named(name), `: ${reason}`]);
  return [
    textParagraph(...total, '.'),
    ...existingParagraphs(existing, count),
    ...(lines.length === 0 ? [] : [{ kind: 'list', label: 'Left out', lines } as const]),
  ];
}

function existingParagraphs(existing: readonly string[], count: number): readonly Paragraph[] {
  if (existing.length === 0) return [];
  const words = textParagraph(thereAlready(existing.length, count));
  const lines = existing.map((name): Phrase => [named(name)]);
  return count === 1 ? [words] : [words, { kind: 'list', label: 'There already', lines }];
}

function thereAlready(existing: number, count: number): string {
  if (count === 1) return 'It is there already and would be replaced.';
  const some =
    existing === count ? 'All of them are' : existing === 1 ? 'One of them is' : `${existing} of them are`;
  return `${some} there already and would be replaced.`;
}

const files = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'file' : 'files'}`;
