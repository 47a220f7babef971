import { type Decoded, decodeMessage } from './decode.ts';
import { invalid, Refusal } from './failure.ts';
import { JsonProblem, readNodes } from './jsonNodes.ts';
import { filter as filterMessage } from './messages.ts';

/** What a list compares: text as the database collates it, or seconds since 1970. */
export type Cell = string | number;

interface Predicate {
  readonly key: string;
  readonly operation: string;
  readonly values: readonly Cell[];
}

export type Filter = readonly Predicate[];

/** What a list of one kind can be filtered and sorted by. */
export interface Columns<T> {
  readonly [key: string]: (item: T) => Cell;
}

/** Reads a filter. The server unescapes it once more than HTTP asks for. */
export function readFilter(text: string, before: string, operation = 'operation'): Filter {
  const wrong = (why: string) =>
    invalid(before, `failed to parse valid filter from ${JSON.stringify(text)}: ${why}`);
  let decoded: Decoded;
  try {
    const once = unescape(text);
    decoded = decodeMessage(readNodes(once), filterMessage(operation), once);
  } catch (error) {
    if (error instanceof URIError) throw wrong(`invalid URL escape ${JSON.stringify(badEscape(text))}`);
    if (error instanceof JsonProblem) throw wrong(`proto: ${error.message}`);
    throw error;
  }
  const predicates = (decoded['predicates'] ?? []) as readonly Decoded[];
  return predicates.map((predicate) => toPredicate(predicate, operation, before));
}

function unescape(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** The three letters at the first percent sign that escapes nothing. */
function badEscape(text: string): string {
  return /%(?![0-9a-fA-F]{2})[^]{0,2}/.exec(text)?.[0] ?? '';
}

const notKnown = 'UnknownApiVersionError: Error using Filter.Predicate.';

function toPredicate(predicate: Decoded, name: string, before: string): Predicate {
  const operation = typeof predicate[name] === 'string' ? predicate[name] : 'OPERATION_UNSPECIFIED';
  const key = typeof predicate['key'] === 'string' ? predicate['key'] : '';
  const [type, value] =
    Object.entries(predicate).find(([field]) => /_values?$/.test(field)) ?? ([undefined, undefined] as const);
  if (type === undefined) throw new Refusal(3, `${before}${notKnown}Value with <nil>`, 'no value');
  if (operation === 'OPERATION_UNSPECIFIED')
    throw new Refusal(3, `${before}${notKnown}Operation with go_client.Predicate_Operation`, 'no operation');
  if (key === '')
    throw invalid(
      before,
      `Predicate key cannot be empty for operation ${operation} and value ${String(value)}`,
    );
  const many = type.endsWith('s');
  if (operation === 'IN' && !many)
    throw invalid(before, `cannot use IN operator with scalar type ${type.replace('_value', '')}`);
  const values = many ? (((value as Decoded)['values'] ?? []) as readonly unknown[]) : [value];
  return { key, operation, values: values.map((one) => collated(cellOf(one, type))) };
}

function cellOf(value: unknown, type: string): Cell {
  if (type === 'timestamp_value') return Math.floor(Date.parse(String(value)) / 1000);
  return type.startsWith('string') ? String(value) : Number(value);
}

/** Throws for a filter by something that the list cannot be filtered by. */
export function checkKeys(filter: Filter, columns: Columns<never>, before: string): void {
  for (const { key } of filter)
    if (!Object.hasOwn(columns, key) && !key.startsWith('tags.'))
      throw invalid(before, `no support for filtering on unrecognized field ${JSON.stringify(key)}`);
}

/** True when an item passes every predicate. */
export function passes<T>(item: T, filter: Filter, cell: (item: T, key: string) => Cell): boolean {
  return filter.every(({ key, operation, values }) => holds(collated(cell(item, key)), operation, values));
}

function holds(own: Cell, operation: string, values: readonly Cell[]): boolean {
  const [value = ''] = values;
  const order = compare(own, value);
  switch (operation) {
    case 'EQUALS':
      return order === 0;
    case 'NOT_EQUALS':
      return order !== 0;
    case 'GREATER_THAN':
      return order > 0;
    case 'GREATER_THAN_EQUALS':
      return order >= 0;
    case 'LESS_THAN':
      return order < 0;
    case 'LESS_THAN_EQUALS':
      return order <= 0;
    case 'IN':
      return values.some((one) => compare(own, one) === 0);
    default:
      return likeOf(String(value)).test(String(own));
  }
}

/** A part of a text as LIKE reads it: `_` is any letter, `%` any letters. */
function likeOf(part: string): RegExp {
  const escaped = part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(escaped.replaceAll('_', '.').replaceAll('%', '.*'), 's');
}

/** A text as the database's collation sees it: without capitals and accents. */
export function collated(cell: Cell): Cell {
  if (typeof cell === 'number') return cell;
  const plain = /^[\0-\x7f]*$/.test(cell);
  return (plain ? cell : cell.normalize('NFD').replaceAll(/\p{M}/gu, '')).toLowerCase();
}

/** The order of two cells; text that stands for a number is compared as one. */
export function compare(a: Cell, b: Cell): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}
