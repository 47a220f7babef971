import { named, onPlace, type Question, textParagraph } from '../domain/question.ts';
import type { ObjectStat } from '../domain/storedObject.ts';
import { moment } from '../text/dates.ts';
import { size } from '../text/units.ts';

/** Asked before a save over an object that somebody else changed since it was opened. */
export function changedQuestion(
  name: string,
  { modifiedAt, size: bytes }: ObjectStat,
  place: string | undefined,
): Question {
  const when = modifiedAt === undefined ? '' : ` (${moment(modifiedAt)})`;
  const title = ['Overwrite ', named(name), '?'];
  const happened = `It was changed after you opened it${when}, and has ${size(bytes)} now.`;
  return onPlace({ title, verb: 'Overwrite', paragraphs: [textParagraph(happened)] }, place);
}

/** Asked before a save of an object that was deleted since it was opened. */
export function goneQuestion(name: string, place: string | undefined): Question {
  const title = ['Store ', named(name), ' again?'];
  const happened = 'It was deleted since you opened it.';
  return onPlace({ title, verb: 'Store again', paragraphs: [textParagraph(happened)] }, place);
}

/** Asked before something else than a person's own save writes an object through the editor. */
export function writeQuestion(
  name: string,
  { bytes, isThere }: { readonly bytes: number; readonly isThere: boolean },
  place: string | undefined,
): Question {
  const title = [isThere ? 'Overwrite ' : 'Store ', named(name), '?'];
  const what = `Something in the editor, such as another extension, writes ${size(bytes)}.`;
  return onPlace({ title, verb: isThere ? 'Overwrite' : 'Store', paragraphs: [textParagraph(what)] }, place);
}
