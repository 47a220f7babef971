import type { Outside, Paragraph, Phrase, Question, Series } from '../domain/question.ts';
import { code } from './markdown.ts';
import { shownText } from './shownText.ts';

/** A question for the chat. Both texts are Markdown, in which outside text is never markup. */
export interface MarkdownQuestion {
  readonly title: string;
  readonly message: string;
}

/** Longest outside text that is shown whole; a longer one shows its head and tail. The chat folds high texts. */
const longest = 400;
const longestInTitle = 80;
/** Names that cannot be read as markup, links or sentences need no marks in a title. */
const plainName = /^[a-z\d]+(?:[-_][a-z\d]+)*$/i;

/** The question in Markdown. The values that were set come first, since the chat folds the rest. */
export function renderQuestionMarkdown({ title, paragraphs }: Question): MarkdownQuestion {
  return {
    title: title.map((piece) => titlePiece(piece)).join(''),
    message: paragraphs.map(paragraphText).join('\n\n'),
  };
}

function titlePiece(piece: Phrase[number]): string {
  if (typeof piece === 'string') return escaped(piece);
  return rendered(piece, ({ outside }) =>
    plainName.test(outside) ? outside : code(shownText(outside, longestInTitle)),
  );
}

function paragraphText(paragraph: Paragraph): string {
  if (paragraph.kind === 'text') return phraseText(paragraph.phrase);
  const lines = paragraph.lines.map(phraseText);
  return paragraph.kind === 'values'
    ? `${paragraph.label}: ${lines.join(', ')}`
    : [`${paragraph.label}:`, ...lines.map((line) => `- ${line}`)].join('\n');
}

function phraseText(phrase: Phrase): string {
  return phrase
    .map((piece) => (typeof piece === 'string' ? escaped(piece) : rendered(piece, outsideText)))
    .join('');
}

function rendered(piece: Outside | Series, show: (outside: Outside) => string): string {
  return 'series' in piece ? piece.series.map(show).join(', ') : show(piece);
}

function outsideText({ outside, as }: Outside): string {
  const shown = shownText(outside, longest);
  return as === 'message' ? literal(shown) : code(shown);
}

/** Our own words have no markup, but may contain characters of it. */
function escaped(words: string): string {
  return words.replace(/[\\`*_{}[\]<>#|~$&]/g, '\\$&');
}

/** Escapes every character that could begin markup, a link or an address. */
function literal(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
