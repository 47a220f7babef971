import type { Phrase } from '../domain/question.ts';
import { skippedShown } from '../tools/errorText.ts';
import { code, forPeople, sentence } from '../text/markdown.ts';

/** Something that was changed in a turn, or was to be. */
export interface Deed {
  /** `nothing`: it ran and there was nothing to change. `refused`: it could not run, and nobody was asked. */
  readonly how: 'done' | 'skipped' | 'failed' | 'refused' | 'nothing';
  readonly tool: string;
  /** In Markdown: "Ran `iris-17`" where it was done, else what was asked: "delete `iris-1`". */
  readonly what: string;
  /** What the model was told. */
  readonly result: string;
}

const mostNamed = 6;

/**
 * What was really done in a turn, in our words: a model may say something else. Empty where nothing was to be changed, and
 * where the answer is what the tools said.
 */
export function doneLine(deeds: readonly Deed[], answer: string): string {
  if (deeds.every((deed) => isToldIn(answer, deed))) return '';
  const of = (how: Deed['how']) => deeds.filter((deed) => deed.how === how).map(({ what }) => what);
  const [skipped, failed] = [of('skipped'), of('failed')];
  const done = of('done');
  const others = done.length - mostNamed;
  return [
    ...done.slice(0, mostNamed).map((what) => `${what}.`),
    ...(others > 0 ? [`And ${others} more.`] : []),
    ...(skipped.length > 0 ? [`Skipped: ${some(skipped)}.`] : []),
    ...(failed.length > 0 ? [`Tried, with an error: ${some(failed)}.`] : []),
    ...refused(deeds),
  ].join(' ');
}

/** A refused call counts only where the model did not correct it. */
function refused(deeds: readonly Deed[]): readonly string[] {
  const those = deeds.filter(
    ({ how, tool }) =>
      how === 'refused' && !deeds.some((deed) => deed.how !== 'refused' && deed.tool === tool),
  );
  const names = [...new Set(those.map(({ what }) => what))];
  return names.length === 0 ? [] : [`Not possible: ${some(names)}.`];
}

function some(names: readonly string[]): string {
  const others = names.length - mostNamed;
  return [...names.slice(0, mostNamed), ...(others > 0 ? [`${others} more`] : [])].join(', ');
}

/** True when the answer holds what the tool itself said, as those of MLOps Basics do. */
function isToldIn(answer: string, { how, result }: Deed): boolean {
  return answer.includes(forPeople(result).trim()) || (how === 'skipped' && answer.includes(skippedShown));
}

/** The title of a question as something that was asked: "Delete `iris-1`?" is "delete `iris-1`". */
export function askedText(title: Phrase): string {
  const text = title
    .map((piece) => {
      if (typeof piece === 'string') return sentence(piece);
      return ('series' in piece ? piece.series : [piece]).map(({ outside }) => code(outside)).join(', ');
    })
    .join('');
  return lowered(text.replace(/\?$/, ''));
}

/** Words of ours as they stand within a sentence. */
export const lowered = (text: string) => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
