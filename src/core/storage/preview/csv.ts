/** Rows of separated values. */
export interface Separated {
  readonly delimiter: string;
  readonly records: readonly (readonly string[])[];
  /** True where the last record may go on behind the end of the text. */
  readonly open: boolean;
}

const delimiters = [',', '\t', ';', '|'] as const;
const sniffed = 20;

/** The delimiter that gives the first lines the same number of values, and the most of them; "," where none does. */
export function sniffDelimiter(text: string): string {
  const beginning = text.slice(0, 32_768);
  const scores = delimiters.map((delimiter) => {
    const { records, open } = parseSeparated(beginning, delimiter, sniffed);
    const whole = open && records.length > 1 ? records.slice(0, -1) : records;
    const widths = whole.map((record) => record.length);
    const [width = 1] = widths;
    const same = widths.filter((one) => one === width).length / Math.max(1, widths.length);
    return { delimiter, score: width < 2 ? 0 : same * 1000 + Math.min(width, 999) };
  });
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score === 0 ? ',' : best.delimiter;
}

/**
 * The first `most` records of a text (RFC 4180: quotes may hold delimiters, line breaks and doubled quotes). A quote within
 * an unquoted value is a character as any other; empty lines are left out.
 */
export function parseSeparated(text: string, delimiter: string, most: number): Separated {
  const records: string[][] = [];
  let at = 0;
  let open = false;
  while (at < text.length && records.length < most) {
    const record = readRecord(text, delimiter, at);
    at = record.next;
    open = record.open;
    if (record.values.length > 1 || record.values[0] !== '') records.push(record.values);
  }
  return { delimiter, records, open: open && at >= text.length };
}

interface Record {
  readonly values: string[];
  readonly next: number;
  /** The text ends within it. */
  readonly open: boolean;
}

function readRecord(text: string, delimiter: string, from: number): Record {
  const values: string[] = [];
  let at = from;
  for (;;) {
    const value = text[at] === '"' ? readQuoted(text, at) : readPlain(text, delimiter, at);
    values.push(value.text);
    at = value.next;
    if (text[at] === delimiter) {
      at += 1;
      continue;
    }
    // After a closing quote, what comes before the next delimiter belongs to the value.
    if (at < text.length && text[at] !== '\n' && text[at] !== '\r') {
      const rest = readPlain(text, delimiter, at);
      values[values.length - 1] = `${value.text}${rest.text}`;
      at = rest.next;
      if (text[at] === delimiter) {
        at += 1;
        continue;
      }
    }
    if (at >= text.length) return { values, next: at, open: true };
    return { values, next: at + (text.startsWith('\r\n', at) ? 2 : 1), open: false };
  }
}

function readPlain(text: string, delimiter: string, from: number): { text: string; next: number } {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return { text: text.slice(from, at), next: at };
}

function readQuoted(text: string, from: number): { text: string; next: number } {
  const parts: string[] = [];
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { text: [...parts, text.slice(at)].join('"'), next: text.length };
    parts.push(text.slice(at, quote));
    if (text[quote + 1] !== '"') return { text: parts.join('"'), next: quote + 1 };
    at = quote + 2;
  }
}
