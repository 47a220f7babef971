import { code, count, shorten, untrusted } from '../../text/markdown.ts';
import { secretMark, isHidden } from '../../text/secretNames.ts';
import { size } from '../../text/units.ts';
import type {
  Cell,
  DescribedContent,
  Fact,
  PdfContent,
  Preview,
  PreviewTable,
  TableContent,
  TextContent,
} from './preview.ts';

/** How much of a preview the text has. */
export interface TextBounds {
  readonly rows: number;
  readonly columns: number;
  readonly cell: number;
  readonly characters: number;
}

const usual: TextBounds = { rows: 20, columns: 30, cell: 60, characters: 8000 };

/** A preview as Markdown for the chat and for models: outside text is fenced as data, and values under secret names are hidden. */
export function renderPreview(preview: Preview, bounds: TextBounds = usual): string {
  const { stat, read, cut } = preview;
  const object = code(`${stat.bucket}/${stat.key}`);
  const { what, body, left = [] } = bodyOf(preview, bounds);
  const amount = read >= stat.size || read === 0 ? '' : `; ${size(read)} of it were read`;
  const heading = `${object}: ${what}, ${size(stat.size)}${amount}`;
  const rest = [...cut, ...left].join(' ');
  return [body === '' ? `${heading}.` : untrusted(heading, body), ...(rest === '' ? [] : [rest])].join(
    '\n\n',
  );
}

interface Body {
  /** What it is, in our words. */
  readonly what: string;
  /** Text from outside; "" for none. */
  readonly body: string;
  /** What the text leaves out of the preview. */
  readonly left?: readonly string[];
}

function bodyOf({ content }: Preview, bounds: TextBounds): Body {
  switch (content.kind) {
    case 'empty':
      return { what: 'empty', body: '' };
    case 'table':
      return tableBody(content, bounds);
    case 'text':
      return textBody(content, bounds);
    case 'picture': {
      const { format, width, height } = content;
      const pixels = width === undefined || height === undefined ? '' : `, ${width} × ${height} pixels`;
      return { what: `${format} picture${pixels}`, body: '' };
    }
    case 'pdf':
      return pdfBody(content, bounds);
    case 'described':
      return describedBody(content, bounds);
    case 'broken':
      return { what: `broken ${content.format}`, body: content.reason };
    case 'binary':
      return {
        what: content.guess === undefined ? 'binary' : `binary, perhaps ${content.guess}`,
        body: content.hex,
      };
  }
}

function tableBody(content: TableContent, bounds: TextBounds): Body {
  const { lines, left } = tableLines(content, bounds);
  return { what: content.format, body: [factLines(content.facts), ...lines].join('\n'), left };
}

function textBody({ format, encoding, text, tail, facts }: TextContent, { characters }: TextBounds): Body {
  const head = shortText(text, characters);
  const end = tail === undefined ? undefined : tail.slice(-characters);
  const body =
    end === undefined
      ? head
      : `${head}\n[…]\n${end.slice(end.length < (tail?.length ?? 0) ? end.indexOf('\n') + 1 : 0)}`;
  const about = facts.map(({ name, value }) => (name === 'lines' ? `${value} lines` : value));
  const what = [format, ...(encoding === 'UTF-8' ? [] : [encoding]), ...about].join(', ');
  return { what, body, left: head.length < text.length ? ['The text goes on.'] : [] };
}

/** The beginning of a text in whole lines. */
function shortText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf('\n', most);
  return text.slice(0, end > most / 2 ? end + 1 : most);
}

function pdfBody({ pages, title, texts }: PdfContent, { characters }: TextBounds): Body {
  const named = title === undefined ? [] : [`title: ${title}`];
  const all = texts.map((text, index) => `— page ${index + 1} —\n${text.trim()}`).join('\n\n');
  const body = shortText([...named, all].join('\n'), characters);
  const noText = texts.every((text) => text.trim() === '');
  return {
    what: `PDF, ${count(pages, 'page')}`,
    body,
    left: [
      ...(noText ? ['Its pages have no text: they may be pictures of it.'] : []),
      ...(body.length < all.length ? ['The text goes on.'] : []),
    ],
  };
}

function describedBody({ format, facts, table, warning }: DescribedContent, bounds: TextBounds): Body {
  const { lines, left } = table === undefined ? { lines: [], left: [] } : tableLines(table, bounds);
  const body = [...facts.map(({ name, value }) => `${name}: ${shorten(value, 500)}`), ...lines].join('\n');
  return { what: format, body, left: [...(warning === undefined ? [] : [warning]), ...left] };
}

const factLines = (facts: readonly Fact[]) => facts.map(({ name, value }) => `${name}: ${value}`).join(', ');

/** A table in aligned columns, with the types of the columns below their names. */
function tableLines(
  { columns, rows }: PreviewTable,
  bounds: TextBounds,
): { readonly lines: readonly string[]; readonly left: readonly string[] } {
  const shown = columns.slice(0, bounds.columns);
  const head = shown.map(({ name }) => cellText(name, bounds.cell));
  const types = shown.map(({ type }) => type);
  const body = rows.slice(0, bounds.rows).map((row) =>
    shown.map(({ name }, index) => {
      const cell = row[index] ?? null;
      return cell !== null && isHidden(name, cell) ? secretMark : cellText(cell, bounds.cell);
    }),
  );
  const grid = [head, ...(types.every((type) => type === '') ? [] : [types]), ...body];
  const widths = shown.map((_, index) => Math.max(...grid.map((row) => row[index]?.length ?? 0)));
  const lines = grid.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join(' | ')
      .trimEnd(),
  );
  const left = [
    ...(rows.length > bounds.rows
      ? [`This text has the first ${bounds.rows} of ${count(rows.length, 'row')}.`]
      : []),
    ...(columns.length > shown.length
      ? [`This text has the first ${shown.length} of ${count(columns.length, 'column')}.`]
      : []),
  ];
  return { lines: rows.length === 0 && columns.length === 0 ? [] : ['', ...lines], left };
}

const cellText = (cell: Cell, most: number) =>
  cell === null ? '' : shorten(cell.replace(/\s+/g, ' '), most).replaceAll('|', '¦');
