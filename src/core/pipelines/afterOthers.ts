import { type Question, textParagraph } from '../domain/question.ts';

const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

/** The question before a run, which says so where the same answer has started others before. */
export function afterOthers(question: Question, others: number): Question {
  if (others === 0) return question;
  const which = ordinals.at(others);
  const line =
    which === undefined
      ? `This answer has started ${others} runs before.`
      : `This is the ${which} run of this answer.`;
  return { ...question, paragraphs: [textParagraph(line), ...question.paragraphs] };
}
