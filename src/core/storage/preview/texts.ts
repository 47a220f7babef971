import { isJsonObject, type Json } from '../../domain/json.ts';
import { count } from '../../text/markdown.ts';
import { size } from '../../text/units.ts';
import { headBytes, tailBytes, usualLimits } from './bounds.ts';
import { decodeText, wholeLines } from './decodeText.ts';
import type { Fact, TextContent } from './preview.ts';
import { type Beginning, found, type Found, type Source } from './source.ts';
import { objectsTable, parsed } from './tables.ts';

/** A text of any kind: its beginning. */
export function plainText(format: TextContent['format'], text: Beginning, all?: number): Found {
  const shown = wholeLines(text.text, !text.whole);
  const lines = shown.split('\n').length - (shown.endsWith('\n') ? 1 : 0);
  const facts = [{ name: 'lines', value: text.whole ? String(lines) : `more than ${lines}` }];
  return found(
    { kind: 'text', format, encoding: text.encoding, text: shown, facts },
    !text.whole && `The first ${size(text.bytes)}${all === undefined ? '' : ` of ${size(all)}`} are shown.`,
  );
}

/** The head and the tail of a log. */
export async function logText(text: Beginning, { object }: Source): Promise<Found> {
  const { size: all } = object;
  if (text.whole || all <= headBytes + tailBytes) return plainText('log', text, all);
  const bytes = await object.read(all - tailBytes, tailBytes);
  // Where the bytes begin within a character, it is left out.
  const start = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  const ending = decodeText(bytes.subarray(Math.max(0, start)))?.text ?? '';
  const tail = ending.slice(ending.indexOf('\n') + 1);
  const head = wholeLines(text.text.slice(0, tailBytes), true);
  return found(
    { kind: 'text', format: 'log', encoding: text.encoding, text: head, tail, facts: [] },
    `The first ${size(head.length)} and the last ${size(tail.length)} of ${size(all)} are shown.`,
  );
}

/** JSON: a list of objects as a table, anything else as text, in lines where it has none. */
export function jsonDocument(text: Beginning, all?: number, limits = usualLimits): Found {
  const value = text.whole ? parsed(text.text) : undefined;
  if (value === undefined) {
    const plain = plainText('JSON', text, all);
    return text.whole ? { ...plain, cut: [...plain.cut, 'It is no valid JSON.'] } : plain;
  }
  if (Array.isArray(value) && value.length > 0 && value.every(isRow))
    return objectsTable(
      { format: 'JSON', values: value, facts: [{ name: 'rows', value: String(value.length) }], all: true },
      limits,
    );
  const content: TextContent = {
    kind: 'text',
    format: 'JSON',
    encoding: text.encoding,
    text: inLines(text.text, value),
    facts: shapeOf(value),
  };
  return found(content);
}

const isRow = (value: unknown): boolean => isJsonObject(value) && Object.keys(value).length > 0;

/** JSON that is one long line is written over several. */
function inLines(text: string, value: Json): string {
  if (text.length < 100 || text.trim().includes('\n')) return text;
  try {
    return JSON.stringify(value, undefined, 1);
  } catch {
    return text;
  }
}

function shapeOf(value: Json): readonly Fact[] {
  if (Array.isArray(value)) return [{ name: 'shape', value: `list of ${count(value.length, 'value')}` }];
  if (!isJsonObject(value)) return [];
  return [{ name: 'shape', value: `object with ${count(Object.keys(value).length, 'key')}` }];
}
