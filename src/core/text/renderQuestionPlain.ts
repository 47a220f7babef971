import type { Outside, Paragraph, Phrase, Question, Series } from '../domain/question.ts';
import { isShownWhole, shownText } from './shownText.ts';

/** A question for a modal: plain text, in at most twelve lines. */
export interface PlainQuestion {
  readonly title: string;
  readonly detail: string;
  /** True when something is folded or cut; `everyLine` has all of it. */
  readonly folded: boolean;
}

/** Most lines of a modal: with more, its buttons leave a small window. */
const mostLines = 12;
/** Roughly how many characters a modal shows in a line. */
const lineWidth = 80;
const longestInTitle = 60;
/** Limits for the length of outside text, tried in this order until the question fits. */
const lengths = [160, 70, 40, 24];
/** A name that could be read as words of ours, or as the end of a sentence, is quoted. */
const bareName = /^[^\s“”?!()⟨⟩⏎⇥␣]*[^\s“”?!()⟨⟩⏎⇥␣.,:;]$/u;

/** The question as plain text; what matters most fits in twelve lines. */
export function renderQuestionPlain({ title, paragraphs }: Question): PlainQuestion {
  const heading = new Text(longestInTitle);
  const shownTitle = heading.phrase(title);
  const tries = lengths.map((longest) => layOut(paragraphs, longest));
  const { detail, folded } = tries.find(({ fits }) => fits) ?? tries.at(-1) ?? { detail: '', folded: true };
  return { title: shownTitle, detail, folded: heading.cut || folded };
}

/** One sentence of a question, for a row of a list. */
export function plainSentence(phrase: Phrase): string {
  return new Text(lengths[0] ?? lineWidth).phrase(phrase);
}

/** Every line of a question with nothing cut, in pieces of at most `width` characters. */
export function everyLine({ title, paragraphs }: Question, width = 100): readonly string[] {
  const text = new Text(Number.POSITIVE_INFINITY);
  const lines = paragraphs.flatMap((paragraph) => {
    if (paragraph.kind === 'text') return [text.phrase(paragraph.phrase)];
    return [`${paragraph.label}:`, ...paragraph.lines.map((line) => `  ${text.phrase(line)}`)];
  });
  return [text.phrase(title), ...lines].flatMap((line) => pieces(line, width));
}

interface Block {
  readonly kind: Paragraph['kind'];
  readonly lines: readonly string[];
}

interface Layout {
  readonly detail: string;
  readonly folded: boolean;
  readonly fits: boolean;
}

/** The paragraphs in the available lines, with outside text of at most one length. */
function layOut(paragraphs: readonly Paragraph[], longest: number): Layout {
  const text = new Text(longest);
  const blocks = paragraphs.map((paragraph) => blockOf(paragraph, text));
  const fitting = ['\n\n', '\n']
    .map((gap) => join(blocks, gap))
    .find((detail) => heightOf(detail) <= mostLines);
  if (fitting !== undefined) return { detail: fitting, folded: text.cut, fits: true };
  const left = mostLines - heightOf(join(blocks.map(shortest), '\n'));
  return { detail: join(grown(blocks, left), '\n'), folded: true, fits: left >= 0 };
}

/** Gives the remaining lines to the blocks in order. */
function grown(blocks: readonly Block[], left: number): readonly Block[] {
  let room = left;
  return blocks.map((block) => {
    let best = shortest(block);
    const least = heightOf(best.lines.join('\n'));
    for (let n = 1; n <= block.lines.length; n += 1) {
      const now = foldedTo(block, n);
      const more = heightOf(now.lines.join('\n')) - least;
      if (more <= room) best = now;
    }
    room -= heightOf(best.lines.join('\n')) - least;
    return best;
  });
}

const shortest = (block: Block): Block => foldedTo(block, 0);

/** The first lines of a block and how many follow; a sentence is never cut. */
function foldedTo(block: Block, n: number): Block {
  const { kind, lines } = block;
  if (kind === 'text' || n >= lines.length) return block;
  const count = lines.length - n;
  const what =
    kind === 'values' ? (count === 1 ? 'parameter' : 'parameters') : count === 1 ? 'remark' : 'remarks';
  return { kind, lines: [...lines.slice(0, n), `+${count} ${n === 0 ? '' : 'more '}${what}`] };
}

function blockOf(paragraph: Paragraph, text: Text): Block {
  return paragraph.kind === 'text'
    ? { kind: 'text', lines: [text.phrase(paragraph.phrase)] }
    : { kind: paragraph.kind, lines: paragraph.lines.map((line) => text.phrase(line)) };
}

/** Values have no empty lines between them, since they belong together. */
function join(blocks: readonly Block[], gap: string): string {
  return blocks.reduce((so, { kind, lines }, index) => {
    const together = kind === 'values' && blocks[index - 1]?.kind === 'values';
    return `${so}${index === 0 ? '' : together ? '\n' : gap}${lines.join('\n')}`;
  }, '');
}

function heightOf(text: string): number {
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lineWidth)), 0);
}

function pieces(line: string, width: number): readonly string[] {
  const characters = Array.from(line);
  const count = Math.max(1, Math.ceil(characters.length / width));
  return Array.from({ length: count }, (_, n) => characters.slice(n * width, (n + 1) * width).join(''));
}

/** Writes phrases with outside text of at most one length, and notes whether something was cut. */
class Text {
  readonly #longest: number;
  cut = false;

  constructor(longest: number) {
    this.#longest = longest;
  }

  phrase(phrase: Phrase): string {
    return phrase.map((piece) => (typeof piece === 'string' ? piece : this.#piece(piece))).join('');
  }

  #piece(piece: Outside | Series): string {
    if (!('series' in piece)) return this.#outside(piece);
    let room = this.#longest;
    const shown = piece.series.map((outside) => this.#outside(outside));
    const over = shown.findIndex((text, index) => index > 0 && (room -= text.length + 2) < 0);
    if (over < 0) return shown.join(', ');
    this.cut = true;
    return `${shown.slice(0, over).join(', ')} and ${shown.length - over} more`;
  }

  #outside({ outside, as }: Outside): string {
    this.cut ||= !isShownWhole(outside, this.#longest);
    const shown = shownText(outside, this.#longest);
    return as === 'name' && !bareName.test(outside) ? `“${shown}”` : shown;
  }
}
