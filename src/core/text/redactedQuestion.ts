import type { Outside, Paragraph, Phrase, Question } from '../domain/question.ts';
import type { Redact } from './redact.ts';

/** A question with `hide` applied to its outside texts; our own words stay. */
export function redactedQuestion(question: Question, hide: Redact): Question {
  const { title, paragraphs } = question;
  return {
    ...question,
    title: hidden(title, hide),
    paragraphs: paragraphs.map((paragraph) => hiddenParagraph(paragraph, hide)),
  };
}

function hiddenParagraph(paragraph: Paragraph, hide: Redact): Paragraph {
  return paragraph.kind === 'text'
    ? { ...paragraph, phrase: hidden(paragraph.phrase, hide) }
    : { ...paragraph, lines: paragraph.lines.map((line) => hidden(line, hide)) };
}

function hidden(phrase: Phrase, hide: Redact): Phrase {
  const outside = (piece: Outside): Outside => ({ ...piece, outside: hide(piece.outside) });
  return phrase.map((piece) => {
    if (typeof piece === 'string') return piece;
    return 'series' in piece ? { series: piece.series.map(outside) } : outside(piece);
  });
}
